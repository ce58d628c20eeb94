//! Many suppliers in one process, each made when it is first spoken to.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

use crate::{
    inbox::Inbox,
    journal::{Journal, JournalError, Suppliers},
    order::Order,
    supplier::Supplier,
    webhooks::News,
};

/// The longest name of a supplier.
pub const MAX_NAME_LENGTH: usize = 64;

/// All suppliers and, if asked for, the file that remembers them.
#[derive(Debug, Default)]
pub struct Simulator {
    inner: Mutex<Inner>,
    inboxes: Mutex<BTreeMap<String, Inbox>>,
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
        let inner = Mutex::new(Inner { suppliers, journal: Some(journal) });
        Ok(Self { inner, inboxes: Mutex::default() })
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

    /// Does something with an inbox, alone. Inboxes are forgotten when the process ends.
    pub(crate) fn with_inbox<T>(&self, name: &str, act: impl FnOnce(&mut Inbox) -> T) -> T {
        let mut inboxes = self.inboxes.lock().unwrap_or_else(PoisonError::into_inner);
        act(inboxes.entry(name.to_owned()).or_default())
    }

    /// Looks at a supplier, if it is there.
    pub(crate) fn look<T>(&self, name: &str, at: impl FnOnce(&Supplier) -> T) -> Option<T> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.suppliers.get(name).map(at)
    }

    /// What the suppliers have to tell their shops, by supplier.
    pub(crate) fn news(&self, now: Timestamp) -> Vec<(String, Vec<News>)> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let due = inner.suppliers.iter().map(|(name, supplier)| (name.clone(), supplier.news(now)));
        due.filter(|(_, news)| !news.is_empty()).collect()
    }

    /// Notes that a shop has heard of an order as it is here.
    pub(crate) fn told(&self, name: &str, order: &Order) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(supplier) = inner.suppliers.get_mut(name) {
            supplier.told(order);
        }
    }
}
