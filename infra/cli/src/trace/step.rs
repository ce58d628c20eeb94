//! One step of an order's story.

use domain::task::{Attempt, AttemptOutcome};
use domain::{Task, TraceId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use store::orders::OrderEvent;

use super::line::LogLine;

/// Fields of a line that are shown in places of their own, or say nothing to a reader of stories.
const SHOWN_ELSEWHERE: [&str; 14] = [
    "function",
    "level",
    "message",
    "messageId",
    "method",
    "millis",
    "orderId",
    "path",
    "requestId",
    "target",
    "taskId",
    "timestamp",
    "traceId",
    "xrayTraceId",
];

/// Where a step is known from. What is stored comes before what was logged of it at the same millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// The order's timeline.
    Event,
    /// A task's history.
    Task,
    /// The log.
    Log,
}

impl Source {
    /// The source's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Task => "task",
            Self::Log => "log",
        }
    }
}

/// One step of an order's story.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Where it is known from.
    pub source: Source,
    /// The function that logged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// How bad it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The trace that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<TraceId>,
    /// The task that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// What happened.
    pub what: String,
    /// Everything that the line says.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub fields: Map<String, Value>,
}

impl Step {
    fn new(at: Timestamp, source: Source, what: String) -> Self {
        let (function, level, trace_id, task_id, fields) = (None, None, None, None, Map::new());
        Self { at, source, function, level, trace_id, task_id, what, fields }
    }

    /// An entry of the order's timeline.
    pub(super) fn of_event(event: &OrderEvent) -> Self {
        let step = Self::new(event.at, Source::Event, event.event_type.name().to_owned());
        Self { trace_id: event.trace_id, ..step }
    }

    /// What a task remembers.
    pub(super) fn of_task(task: &Task) -> Vec<Self> {
        let (trace_id, task_id) = (task.trace_id(), Some(task.id().to_string()));
        let step =
            |at, what| Self { trace_id, task_id: task_id.clone(), ..Self::new(at, Source::Task, what) };
        let planned = step(task.created_at(), format!("planned with {}", task.supplier_id()));
        let attempt = |Attempt { at, outcome, reason }: &Attempt| {
            let what = words(*outcome);
            step(*at, reason.as_ref().map_or_else(|| what.to_owned(), |reason| format!("{what}: {reason}")))
        };
        [planned].into_iter().chain(task.history().iter().map(attempt)).collect()
    }

    /// A line of the log.
    pub(super) fn of_line(line: LogLine) -> Self {
        let text = |name| line.text(name).map(str::to_owned);
        let what = told(&line);
        Self {
            function: text("function"),
            level: text("level"),
            trace_id: line.trace_id(),
            task_id: text("taskId"),
            fields: line.fields,
            ..Self::new(line.at, Source::Log, what)
        }
    }

    /// Whether somebody should look at it.
    pub(super) fn is_trouble(&self) -> bool {
        matches!(self.level.as_deref(), Some("WARN" | "ERROR"))
    }
}

fn words(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Postponed => "postponed",
        AttemptOutcome::NotPlaced => "not placed",
        AttemptOutcome::InDoubt => "not known to be placed",
        AttemptOutcome::Placed => "placed",
        AttemptOutcome::Rejected => "rejected",
        AttemptOutcome::Overdue => "overdue",
        AttemptOutcome::Completed => "completed",
        AttemptOutcome::Cancelled => "cancelled",
        AttemptOutcome::Failed => "failed",
    }
}

/// A line in words: an answer with its request, anything else with what it says beside its message.
fn told(line: &LogLine) -> String {
    let message = line.text("message").unwrap_or_default();
    let request = line.text("method").zip(line.text("path"));
    if let (Some((method, path)), Some(status), "answered") = (request, line.fields.get("status"), message) {
        let millis = line.fields.get("millis").map(|millis| format!(" in {millis} ms")).unwrap_or_default();
        return format!("{method} {path} → {status}{millis}");
    }
    let others = line.fields.iter().filter(|(name, _)| !SHOWN_ELSEWHERE.contains(&name.as_str()));
    let said = others.map(|(name, value)| match value {
        // A list is in brackets already.
        Value::String(text) if !text.contains(' ') || text.starts_with('[') => format!(" {name}={text}"),
        value => format!(" {name}={value}"),
    });
    message.to_owned() + &said.collect::<String>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn step(fields: &Value) -> Step {
        Step::of_line(LogLine::read("1", 1_700_000_000_000, &fields.to_string()).unwrap())
    }

    #[test]
    fn an_answer_is_told_with_its_request() {
        let answered = step(&json!({
            "message": "answered", "method": "POST", "path": "/api/orders", "status": 201, "millis": 43,
            "function": "place-order", "level": "INFO", "traceId": "5759e988bd862e3fe1be46a994272793",
        }));
        assert_eq!(answered.what, "POST /api/orders → 201 in 43 ms");
        assert_eq!(answered.function.as_deref(), Some("place-order"));
        assert!(answered.trace_id.is_some() && !answered.is_trouble());
    }

    #[test]
    fn other_lines_are_told_with_all_that_they_say() {
        let failed = step(&json!({
            "message": "task is not placed", "level": "WARN", "taskId": "tsk_1", "target": "fulfilment",
            "attempts": 2, "reason": "timed out", "inDoubt": true, "retryAt": "2026-11-22T14:00:00Z",
        }));
        let expected =
            "task is not placed attempts=2 inDoubt=true reason=\"timed out\" retryAt=2026-11-22T14:00:00Z";
        assert_eq!(failed.what, expected);
        assert!(failed.is_trouble());
        assert_eq!(failed.task_id.as_deref(), Some("tsk_1"));
    }

    #[test]
    fn what_only_programs_read_is_left_out_and_lists_stay_as_they_are() {
        let ended = step(&json!({
            "message": "task ended", "events": "[\"TaskCompleted\", \"OrderFulfilled\"]",
            "xrayTraceId": "Root=1-6b033b0c-2fd7d04c375387cc5ed7c421;Sampled=1",
        }));
        assert_eq!(ended.what, "task ended events=[\"TaskCompleted\", \"OrderFulfilled\"]");
    }
}
