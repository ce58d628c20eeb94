//! One line of a function's log.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use domain::TraceId;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// One line of a function's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it was written.
    pub at: Timestamp,
    /// What tells it from others that were written at the same time.
    pub id: String,
    /// What it says.
    pub fields: Map<String, Value>,
}

impl LogLine {
    /// Reads a line that CloudWatch had at `millisecond`. Lambda's own lines and lines of metrics are none.
    pub fn read(id: &str, millisecond: i64, text: &str) -> Option<Self> {
        let fields: Map<String, Value> = serde_json::from_str(text).ok()?;
        if fields.contains_key("_aws") || !fields.contains_key("message") {
            return None;
        }
        // The line's own time is finer, and that of when it was written.
        let own = fields.get("timestamp").and_then(Value::as_str).and_then(|time| time.parse().ok());
        let at = own.or_else(|| Timestamp::from_millisecond(millisecond).ok())?;
        Some(Self { at, id: id.to_owned(), fields })
    }

    /// A field that holds text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    /// The trace that it belongs to.
    pub fn trace_id(&self) -> Option<TraceId> {
        TraceId::parse(self.text("traceId")?).ok()
    }

    /// Whether it is of a request that may have changed something.
    pub fn is_of_a_change(&self) -> bool {
        self.text("method").is_some_and(|method| method != "GET" && method != "HEAD")
    }

    /// Whether it is about this order, or about no order in particular: a request may bring several orders, and then they
    /// share its trace.
    pub fn is_about(&self, order: &str, tasks: &BTreeSet<String>) -> bool {
        let ours = self.text("orderId").is_none_or(|id| id == order);
        ours && self.text("taskId").is_none_or(|id| tasks.contains(id))
    }
}

impl Ord for LogLine {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, &self.id).cmp(&(other.at, &other.id))
    }
}

impl PartialOrd for LogLine {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(fields: &Value) -> Option<LogLine> {
        LogLine::read("1", 1_700_000_000_000, &fields.to_string())
    }

    #[test]
    fn metrics_and_the_platforms_words_are_no_lines() {
        assert!(line(&json!({ "message": "answered" })).is_some());
        assert!(line(&json!({ "_aws": {}, "message": "x" })).is_none());
        assert!(line(&json!({ "OrdersPaid": 1 })).is_none());
        assert!(LogLine::read("1", 0, "REPORT RequestId: 1 Duration: 3 ms").is_none());
    }

    #[test]
    fn what_is_about_another_order_of_the_same_request_is_left_out() {
        let tasks = BTreeSet::from(["tsk_1".to_owned()]);
        let about = |fields: Value| line(&fields).unwrap().is_about("ord_1", &tasks);
        assert!(about(json!({ "message": "" })));
        assert!(about(json!({ "message": "", "orderId": "ord_1", "taskId": "tsk_1" })));
        assert!(!about(json!({ "message": "", "orderId": "ord_2" })));
        assert!(!about(json!({ "message": "", "taskId": "tsk_2" })));
    }

    #[test]
    fn a_line_knows_best_when_it_was_written() {
        let own = line(&json!({ "message": "", "timestamp": "2023-11-14T22:13:19.5Z" })).unwrap();
        assert_eq!(own.at.as_millisecond(), 1_699_999_999_500);
        assert_eq!(line(&json!({ "message": "" })).unwrap().at.as_millisecond(), 1_700_000_000_000);
    }

    #[test]
    fn looking_at_an_order_changes_nothing() {
        let changes =
            |method: &str| line(&json!({ "message": "", "method": method })).unwrap().is_of_a_change();
        assert!(changes("POST") && changes("DELETE") && !changes("GET"));
        assert!(!line(&json!({ "message": "" })).unwrap().is_of_a_change());
    }
}
