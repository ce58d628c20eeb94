//! Many suppliers in one process, each made when it is first spoken to.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::{
    journal::{Journal, JournalError, Suppliers},
    supplier::Supplier,
};

/// The longest name of a supplier.
pub const MAX_NAME_LENGTH: usize = 64;

/// All suppliers and, if asked for, the file that remembers them.
#[derive(Debug, Default)]
pub struct Simulator {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    suppliers: Suppliers,
    journal: Option<Journal>,
}

impl Simulator {
    /// A simulator that forgets everything when it ends.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// A simulator that keeps orders and knobs, not counters, in a file.
    pub fn with_state(path: &Path) -> Result<Self, JournalError> {
        let (journal, suppliers) = Journal::open(path)?;
        Ok(Self { inner: Mutex::new(Inner { suppliers, journal: Some(journal) }) })
    }

    /// Does something with a supplier, alone, and writes down what changed before it returns.
    pub fn with<T>(&self, name: &str, act: impl FnOnce(&mut Supplier) -> T) -> Result<T, JournalError> {
        // A panic while the lock was held has failed its own request; the others can go on.
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { suppliers, journal } = &mut *inner;
        let supplier = suppliers.entry(name.to_owned()).or_default();
        let answer = act(supplier);
        let changes = supplier.take_changes();
        if let (Some(journal), false) = (journal, changes.is_empty()) {
            journal.append(name, changes)?;
        }
        Ok(answer)
    }
}
