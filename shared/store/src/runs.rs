//! Runs: what a worker did with one message, one tick of a schedule or one batch, kept for thirty days.
//!
//! A run is written after the work and beside it: losing one changes nothing in the shop.

use domain::{OrderId, RunId, TaskId, TraceId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::{Database, Table};

/// How long a run is kept.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What set a worker to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunCause {
    /// A message of its queue.
    Message,
    /// Its schedule.
    Schedule,
    /// Somebody who would not wait for the schedule.
    Hand,
    /// Changes of a table, or files in a bucket.
    Change,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunOutcome {
    /// The work is done.
    Done,
    /// It was too early: the message comes again.
    Later,
    /// It went wrong.
    Failed,
}

/// What one run came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The run's id, which sorts by when it began.
    pub id: RunId,
    /// Whose it was: the name of the function's binary.
    pub worker: String,
    /// What set it off.
    pub cause: RunCause,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// How it ended.
    pub outcome: RunOutcome,
    /// What was done, in a few words.
    pub summary: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// The request that began it all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// The trace that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
    /// The order it was about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub order_id: Option<OrderId>,
    /// The task it was about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub task_id: Option<TaskId>,
    /// How long ago the message had been sent, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waited_ms: Option<u64>,
    /// How often the message had come, this time counted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attempt: Option<u32>,
}

impl Run {
    /// An id for a run that begins at this time.
    #[must_use]
    pub fn id_at(started_at: Timestamp) -> RunId {
        let millis = u64::try_from(started_at.as_millisecond()).unwrap_or_default();
        RunId::from_ulid(Ulid::from_parts(millis, rand::random()))
    }

    /// The day on which it began, in UTC.
    #[must_use]
    pub fn day(&self) -> Date {
        self.started_at.to_zoned(TimeZone::UTC).date()
    }

    fn item(&self) -> Result<Item, StoreError> {
        let id = self.id.to_string();
        let more = [
            (item::TTL, item::number((self.started_at + LIFETIME).as_second())),
            ("gsi1pk", item::text(keys::runs_on(self.day()))),
            ("gsi1sk", item::text(&id)),
        ];
        let mut item = item::with_data(keys::run(&self.worker, self.id), self, more)?;
        if self.outcome == RunOutcome::Failed {
            item.insert("gsi2pk".into(), item::text(keys::failed_runs_on(self.day())));
            item.insert("gsi2sk".into(), item::text(id));
        }
        Ok(item)
    }
}

impl Database {
    /// Writes a run down.
    pub async fn record_run(&self, run: &Run) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(self.table(Table::Operations)?);
        put.set_item(Some(run.item()?)).send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(started_at: &str, outcome: RunOutcome) -> Run {
        let started_at: Timestamp = started_at.parse().unwrap();
        Run {
            id: Run::id_at(started_at),
            worker: "plan-order".into(),
            cause: RunCause::Message,
            started_at,
            took_ms: 12,
            outcome,
            summary: "2 tasks".into(),
            error: None,
            request_id: Some("r-1".into()),
            trace_id: None,
            order_id: None,
            task_id: None,
            waited_ms: Some(80),
            attempt: Some(1),
        }
    }

    #[test]
    fn a_run_reads_back_and_ends_after_thirty_days() {
        let run = run("2026-11-22T23:59:59.999Z", RunOutcome::Done);
        let item = run.item().unwrap();
        assert_eq!(item::data::<Run>(&item).unwrap(), run);
        let ends: Timestamp = "2026-12-22T23:59:59Z".parse().unwrap();
        assert_eq!(item::read_number(&item, item::TTL).unwrap(), u64::try_from(ends.as_second()).unwrap());
        assert_eq!(item::read_text(&item, "gsi1pk").unwrap(), "RUNS#2026-11-22");
        assert!(!item.contains_key("gsi2pk"));
    }

    #[test]
    fn failures_are_listed_by_themselves() {
        let item = run("2026-11-22T07:00:00Z", RunOutcome::Failed).item().unwrap();
        assert_eq!(item::read_text(&item, "gsi2pk").unwrap(), "FAILED#2026-11-22");
    }
}
