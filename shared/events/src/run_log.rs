//! Leaves a result of each run where those who operate the shop can look it up.

use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use domain::{OrderId, TaskId};
use jiff::Timestamp;
use store::Database;
use store::runs::{Run, RunCause, RunOutcome};

use crate::report::{Outcome, Report};
use crate::worker::WorkError;

/// How long a function may be held up by a result that cannot be written.
pub const MAX_WRITE: Duration = Duration::from_secs(2);
/// The most characters of a summary, and of what failed.
pub const MAX_TEXT: usize = 1_000;

/// A worker's results.
#[derive(Debug, Clone)]
pub(crate) struct RunLog {
    database: Database,
    pub worker: String,
}

/// A run that is under way.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    pub cause: RunCause,
    pub request_id: Option<String>,
    pub order_id: Option<OrderId>,
    pub task_id: Option<TaskId>,
    /// When the message was sent.
    pub sent_at: Option<Timestamp>,
    pub attempt: Option<u32>,
    pub started_at: Timestamp,
    pub clock: Instant,
}

impl Begun {
    /// A run that begins now.
    pub fn now(cause: RunCause) -> Self {
        Self {
            cause,
            request_id: None,
            order_id: None,
            task_id: None,
            sent_at: None,
            attempt: None,
            started_at: Timestamp::now(),
            clock: Instant::now(),
        }
    }

    /// How long the message had waited.
    pub fn waited(&self) -> Option<Duration> {
        let waited = self.started_at.duration_since(self.sent_at?);
        Some(Duration::try_from(waited).unwrap_or_default())
    }

    /// The run as it ended.
    fn ended(self, worker: &str, result: &Result<Report, WorkError>) -> Run {
        let (outcome, summary, error) = match result {
            Ok(report) => (outcome(report.outcome), report.summary(), None),
            Err(error) => (RunOutcome::Failed, "failed".into(), Some(shortened(&error.to_string()))),
        };
        let waited = self.waited();
        Run {
            id: Run::id_at(self.started_at),
            worker: worker.to_owned(),
            cause: self.cause,
            started_at: self.started_at,
            took_ms: u64::try_from(self.clock.elapsed().as_millis()).unwrap_or(u64::MAX),
            outcome,
            summary: shortened(&summary),
            error,
            request_id: self.request_id,
            trace_id: telemetry::trace::current(),
            order_id: self.order_id,
            task_id: self.task_id,
            waited_ms: waited.map(|waited| u64::try_from(waited.as_millis()).unwrap_or(u64::MAX)),
            attempt: self.attempt,
        }
    }
}

fn outcome(outcome: Outcome) -> RunOutcome {
    match outcome {
        Outcome::Done => RunOutcome::Done,
        Outcome::Later(_) => RunOutcome::Later,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT - 1) {
        Some((end, last)) if end + last.len_utf8() < text.len() => format!("{}…", &text[..end]),
        _ => text.to_owned(),
    }
}

impl RunLog {
    /// The results of this worker, in the table that the environment names.
    pub fn from_env(config: &SdkConfig, worker: &str) -> Self {
        Self { database: Database::from_env(config), worker: worker.to_owned() }
    }

    /// Writes down how a run ended. The work is done or failed by then: what goes wrong here is only logged.
    pub async fn write(&self, begun: Begun, result: &Result<Report, WorkError>) {
        let run = begun.ended(&self.worker, result);
        // On the heap, like the work itself: the compiler looks only so deep into what awaits what.
        let written = Box::pin(self.database.record_run(&run));
        match tokio::time::timeout(MAX_WRITE, written).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, run = %run.id, "the run's result is lost"),
            Err(_) => tracing::error!(run = %run.id, "the run's result is lost: writing it took too long"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_tells_how_it_ended_and_how_long_its_message_waited() {
        let mut begun = Begun::now(RunCause::Message);
        begun.sent_at = Some(begun.started_at - Duration::from_millis(80));
        begun.attempt = Some(2);
        let run = begun.clone().ended("plan-order", &Ok(Outcome::Done.saying("2 tasks")));
        assert_eq!((run.outcome, run.summary.as_str(), run.error), (RunOutcome::Done, "2 tasks", None));
        assert_eq!((run.waited_ms, run.attempt), (Some(80), Some(2)));
        assert_eq!(run.id.ulid().timestamp_ms(), u64::try_from(run.started_at.as_millisecond()).unwrap());
        let run = begun.ended("plan-order", &Err("no such order".into()));
        assert_eq!((run.outcome, run.error.as_deref()), (RunOutcome::Failed, Some("no such order")));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        for length in [MAX_TEXT - 1, MAX_TEXT] {
            let text = "é".repeat(length);
            assert_eq!(shortened(&text), text);
        }
        let cut = shortened(&"é".repeat(MAX_TEXT + 1));
        assert_eq!(cut.chars().count(), MAX_TEXT);
        assert!(cut.ends_with('…'));
    }
}
