//! Rebuild queue: builds the index anew from the table, and says that it counts.
//!
//! A message asks for an index that has what the catalogue was when it was sent. Messages wait in the queue for some
//! seconds, so one build answers all that came meanwhile.

use std::time::{Duration, Instant};

use events::message::Subject;
use events::{Message, Outcome, Report, WorkError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use tokio::sync::Mutex;
use ulid::Ulid;

use crate::documents;
use crate::shelf::{Asked, Pointer, Shelf, Tagged};

/// Only a build that began so long after a message was sent has surely seen what the message tells of: clocks differ, and
/// the listing lags behind the table. The queue delays messages a little longer than this.
pub const SETTLE: Duration = Duration::from_secs(4);
/// How often the pointer is read again that somebody else changed meanwhile.
const MAX_TRIES: u32 = 5;

/// Asks for an index of the catalogue as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RebuildMessage {
    /// When it was asked for.
    pub requested_at: Timestamp,
}

impl Message for RebuildMessage {
    fn subject(&self) -> Subject {
        Subject::default()
    }
}

/// Builds indexes, one at a time.
pub struct Builder {
    database: Database,
    shelf: Shelf,
    building: Mutex<()>,
}

impl Builder {
    /// Builds from this database into this bucket.
    #[must_use]
    pub fn new(database: Database, shelf: Shelf) -> Self {
        Self { database, shelf, building: Mutex::default() }
    }

    /// Handles one message.
    pub async fn handle(&self, message: RebuildMessage) -> Result<Report, WorkError> {
        let _building = self.building.lock().await;
        if let Asked::Changed(current) = self.shelf.pointer(None).await?
            && answers(&current.value, message)
        {
            tracing::info!(version = %current.value.version, "the index is new enough");
            return Ok(Outcome::Done.saying("the index is new enough"));
        }
        self.build().await
    }

    async fn build(&self) -> Result<Report, WorkError> {
        let (built_from, version, begun) = (Timestamp::now(), Ulid::generate(), Instant::now());
        let names = self.database.names().await?;
        let synonyms = self.database.synonyms().await?.value;
        let products = self.database.products_on_sale().await?;
        let read = begun.elapsed();
        let catalogue = documents::catalogue(&names.tree, products, synonyms)?;
        let archive = search::build(&catalogue)?;
        let (built, bytes, documents) = (begun.elapsed(), archive.len(), catalogue.documents.len() as u64);
        self.shelf.put(version, archive).await?;
        let pointer = Pointer { version, format: search::FORMAT, built_from, documents, previous: None };
        let Some(pointer) = self.point(pointer).await? else {
            tracing::info!(%version, "somebody else built a newer index");
            self.shelf.discard(version).await?;
            return Ok(Outcome::Done.saying("somebody else built a newer index"));
        };
        let gone = self.shelf.tidy(&pointer).await?;
        tracing::info!(
            %version,
            documents,
            bytes,
            read_millis = read.as_millis(),
            build_millis = built.saturating_sub(read).as_millis(),
            millis = begun.elapsed().as_millis(),
            gone,
            "index built"
        );
        Ok(Outcome::Done.saying(format!("{documents} products, {bytes} bytes")))
    }

    /// Says that an index counts, unless one counts that was begun later.
    async fn point(&self, mut pointer: Pointer) -> Result<Option<Pointer>, WorkError> {
        for _ in 0..MAX_TRIES {
            let current = match self.shelf.pointer(None).await? {
                Asked::Changed(current) => Some(current),
                Asked::Same | Asked::None => None,
            };
            if current.as_ref().is_some_and(|current| !succeeds(&pointer, &current.value)) {
                return Ok(None);
            }
            pointer.previous = current.as_ref().map(|current| current.value.version);
            let known = current.as_ref().map(|Tagged { tag, .. }| tag.as_str());
            if self.shelf.point(&pointer, known).await? {
                return Ok(Some(pointer));
            }
        }
        Err("the pointer to the index changes all the time".into())
    }
}

/// Whether an index has all that a message asks for.
fn answers(current: &Pointer, message: RebuildMessage) -> bool {
    current.format == search::FORMAT && message.requested_at + SETTLE < current.built_from
}

/// Whether an index may take the place of another: it was begun later, or the other has an older form.
fn succeeds(pointer: &Pointer, current: &Pointer) -> bool {
    pointer.format > current.format
        || (pointer.format == current.format && pointer.built_from > current.built_from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(format: u32, second: i64) -> Pointer {
        let built_from = Timestamp::from_second(second).unwrap();
        Pointer { version: Ulid::generate(), format, built_from, documents: 1, previous: None }
    }

    fn asked_at(second: i64) -> RebuildMessage {
        RebuildMessage { requested_at: Timestamp::from_second(second).unwrap() }
    }

    #[test]
    fn a_message_is_answered_by_a_build_that_began_well_after_it() {
        let settle = i64::try_from(SETTLE.as_secs()).unwrap();
        let current = pointer(search::FORMAT, 1_000);
        assert!(answers(&current, asked_at(1_000 - settle - 1)));
        assert!(!answers(&current, asked_at(1_000 - settle)));
        assert!(!answers(&current, asked_at(1_001)));
        assert!(!answers(&pointer(search::FORMAT + 1, 1_000), asked_at(0)), "the searches cannot read it");
    }

    #[test]
    fn of_two_builds_the_one_that_began_later_counts() {
        assert!(succeeds(&pointer(1, 11), &pointer(1, 10)));
        assert!(!succeeds(&pointer(1, 10), &pointer(1, 10)));
        assert!(!succeeds(&pointer(1, 9), &pointer(1, 10)));
        assert!(succeeds(&pointer(2, 9), &pointer(1, 10)));
        assert!(!succeeds(&pointer(1, 11), &pointer(2, 10)));
    }
}
