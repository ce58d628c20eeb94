//! Runs, as the operators' pages show them.

use jiff::Timestamp;
use serde::Serialize;
use store::runs::{Run, RunCause, RunOutcome};
use utoipa::ToSchema;

/// What set a worker to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RunCauseDto {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RunOutcomeDto {
    /// The work is done.
    Done,
    /// It was too early: the message comes again.
    Later,
    /// It went wrong.
    Failed,
}

/// What a worker did with one message, one tick of a schedule or one batch.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunDto {
    /// The run's id.
    #[schema(example = "run_01JD0000000000000000000000")]
    id: String,
    /// Whose it was.
    #[schema(example = "plan-order")]
    worker: String,
    /// What set it off.
    cause: RunCauseDto,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// How it ended.
    outcome: RunOutcomeDto,
    /// What was done, in a few words.
    summary: String,
    /// Why it failed.
    error: Option<String>,
    /// The request that began it all.
    request_id: Option<String>,
    /// The trace that it belongs to: what an error message calls its reference.
    trace_id: Option<String>,
    /// The order it was about.
    order_id: Option<String>,
    /// The task it was about.
    task_id: Option<String>,
    /// How long ago the message had been sent, in milliseconds.
    waited_ms: Option<u64>,
    /// How often the message had come, this time counted.
    attempt: Option<u32>,
}

impl From<Run> for RunDto {
    fn from(run: Run) -> Self {
        let cause = match run.cause {
            RunCause::Message => RunCauseDto::Message,
            RunCause::Schedule => RunCauseDto::Schedule,
            RunCause::Hand => RunCauseDto::Hand,
            RunCause::Change => RunCauseDto::Change,
        };
        let outcome = match run.outcome {
            RunOutcome::Done => RunOutcomeDto::Done,
            RunOutcome::Later => RunOutcomeDto::Later,
            RunOutcome::Failed => RunOutcomeDto::Failed,
        };
        Self {
            id: run.id.to_string(),
            worker: run.worker,
            cause,
            started_at: run.started_at,
            took_ms: run.took_ms,
            outcome,
            summary: run.summary,
            error: run.error,
            request_id: run.request_id,
            trace_id: run.trace_id.map(Into::into),
            order_id: run.order_id.map(Into::into),
            task_id: run.task_id.map(Into::into),
            waited_ms: run.waited_ms,
            attempt: run.attempt,
        }
    }
}
