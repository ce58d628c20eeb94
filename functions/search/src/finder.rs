//! The index in this process's memory, kept up to date while requests come.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use search::{Index, SearchError};
use thiserror::Error;
use tokio::time::timeout;

use crate::shelf::{Asked, Pointer, Shelf, ShelfError, Tagged};

/// How often a process looks for a newer index, at most. It does so beside the request that it answers.
pub const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Whoever has not looked for so long looks before it answers: between requests the process stands still, and with it
/// whatever goes on beside them.
pub const LOOK_FIRST: Duration = Duration::from_secs(15);
/// How long a request waits for a newer index.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why an index could not be loaded.
#[derive(Debug, Error)]
enum LoadError {
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// An index in memory, and which one it is.
pub struct Loaded {
    /// The index.
    pub index: Index,
    /// What the bucket says of it.
    pub pointer: Pointer,
    tag: String,
}

/// The index in this process's memory. Cheap to clone.
#[derive(Clone)]
pub struct Finder(Arc<State>);

struct State {
    shelf: Shelf,
    loaded: RwLock<Option<Arc<Loaded>>>,
    looked: Mutex<Option<Instant>>,
    /// Held by whoever looks, so that one does at a time.
    looking: tokio::sync::Mutex<()>,
}

/// What to do about a newer index.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    /// Nothing: somebody has just looked.
    Later,
    /// Look beside the request.
    Beside,
    /// Look before the answer.
    First,
}

impl Finder {
    /// Loads the index, if there is one.
    pub async fn load(shelf: Shelf) -> Self {
        let finder = Self(Arc::new(State {
            shelf,
            loaded: RwLock::default(),
            looked: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
        }));
        finder.look().await;
        finder
    }

    /// The index to answer from; nothing where none was ever built.
    pub async fn current(&self) -> Option<Arc<Loaded>> {
        let known = self.loaded();
        let due = due(self.looked(), Instant::now(), known.is_some());
        if due == Look::Later {
            return known;
        }
        let finder = self.clone();
        let look = tokio::spawn(async move { finder.look().await });
        if due == Look::Beside {
            return known;
        }
        // Whoever does not wait for it does not end it: it goes on, and the next request has what it brought.
        if timeout(PATIENCE, look).await.is_err() {
            tracing::warn!("answering from what there is: a newer index does not come");
        }
        self.loaded()
    }

    fn loaded(&self) -> Option<Arc<Loaded>> {
        self.0.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn looked(&self) -> Option<Instant> {
        *self.0.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for a newer index and loads it. Where that fails, the one that there is stays.
    async fn look(&self) {
        let asked_at = Instant::now();
        let _looking = self.0.looking.lock().await;
        if self.looked().is_some_and(|looked| looked > asked_at) {
            return;
        }
        *self.0.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        match self.newer().await {
            Ok(None) => {}
            Ok(Some(newer)) => {
                *self.0.loaded.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(newer));
            }
            Err(error) => tracing::error!(%error, "no newer index could be loaded"),
        }
    }

    async fn newer(&self) -> Result<Option<Loaded>, LoadError> {
        let known = self.loaded();
        let Asked::Changed(Tagged { value: pointer, tag }) =
            self.0.shelf.pointer(known.as_ref().map(|known| known.tag.as_str())).await?
        else {
            return Ok(None);
        };
        let begun = Instant::now();
        let archive = self.0.shelf.index(pointer.version).await?;
        let fetched = begun.elapsed();
        let index = Index::open(&archive)?;
        tracing::info!(
            version = %pointer.version,
            documents = pointer.documents,
            bytes = archive.len(),
            fetch_millis = fetched.as_millis(),
            open_millis = begun.elapsed().saturating_sub(fetched).as_millis(),
            "index loaded"
        );
        Ok(Some(Loaded { index, pointer, tag }))
    }
}

fn due(looked: Option<Instant>, now: Instant, has_index: bool) -> Look {
    let age = looked.map(|looked| now.saturating_duration_since(looked));
    match age {
        Some(age) if age < LOOK_EVERY => Look::Later,
        Some(age) if age < LOOK_FIRST && has_index => Look::Beside,
        _ => Look::First,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_index_is_looked_for_now_and_then() {
        let now = Instant::now() + Duration::from_mins(1);
        let ago = |age: Duration| now.checked_sub(age);
        assert_eq!(due(None, now, false), Look::First);
        assert_eq!(due(ago(Duration::ZERO), now, true), Look::Later);
        assert_eq!(due(ago(Duration::ZERO), now, false), Look::Later);
        assert_eq!(due(ago(LOOK_EVERY), now, true), Look::Beside);
        assert_eq!(due(ago(LOOK_EVERY), now, false), Look::First);
        assert_eq!(due(ago(LOOK_FIRST), now, true), Look::First);
    }
}
