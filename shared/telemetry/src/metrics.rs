//! Metrics in CloudWatch's embedded metric format
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>):
//! a line of JSON in the log, which CloudWatch turns into metrics without a call.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

/// The namespace of all metrics.
pub const NAMESPACE: &str = "Ironmonger";

/// What is measured. The list is the one place for names and units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Orders placed.
    OrdersPlaced,
    /// Orders refused for want of stock.
    OrdersOutOfStock,
    /// Orders paid.
    OrdersPaid,
    /// Payments refused by the provider.
    PaymentsDeclined,
    /// Orders that nobody paid in time.
    OrdersExpired,
    /// Orders all of whose parts are on their way.
    OrdersFulfilled,
    /// Orders that wait for a person.
    OrdersNeedingAttention,
    /// Orders that were called off after they were paid.
    OrdersCancelled,
    /// Orders that were called off and paid back, wholly or in part.
    OrdersRefunded,
    /// Tasks that a supplier took.
    TasksSubmitted,
    /// Tasks that were replaced, because a supplier refused, failed or was late.
    TasksReplaced,
    /// Suppliers that failed so often that they are left alone for a while.
    CircuitsOpened,
    /// Calls that a partner's program took.
    CallbacksDelivered,
    /// Calls that a partner's program did not take.
    CallbacksFailed,
    /// Messages that could not be handled and will come again.
    MessagesFailed,
}

impl Metric {
    /// The metric's name in CloudWatch. All are counts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OrdersPlaced => "OrdersPlaced",
            Self::OrdersOutOfStock => "OrdersOutOfStock",
            Self::OrdersPaid => "OrdersPaid",
            Self::PaymentsDeclined => "PaymentsDeclined",
            Self::OrdersExpired => "OrdersExpired",
            Self::OrdersFulfilled => "OrdersFulfilled",
            Self::OrdersNeedingAttention => "OrdersNeedingAttention",
            Self::OrdersCancelled => "OrdersCancelled",
            Self::OrdersRefunded => "OrdersRefunded",
            Self::TasksSubmitted => "TasksSubmitted",
            Self::TasksReplaced => "TasksReplaced",
            Self::CircuitsOpened => "CircuitsOpened",
            Self::CallbacksDelivered => "CallbacksDelivered",
            Self::CallbacksFailed => "CallbacksFailed",
            Self::MessagesFailed => "MessagesFailed",
        }
    }
}

/// Counts something that happened. The dimensions are the function's name and nothing more, so that their number stays
/// small.
pub fn count(metric: Metric, times: u32) {
    let function = std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_else(|_| "local".into());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let line = embedded(metric, times, &function, u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
    // A metric that cannot be written must not fail the request that it counts.
    let written = writeln!(std::io::stdout(), "{line}");
    if let Err(error) = written {
        tracing::warn!(%error, metric = metric.name(), "metric lost");
    }
}

fn embedded(metric: Metric, times: u32, function: &str, at_millis: u64) -> Value {
    let mut line = Map::new();
    line.insert(
        "_aws".into(),
        json!({
            "Timestamp": at_millis,
            "CloudWatchMetrics": [{
                "Namespace": NAMESPACE,
                "Dimensions": [["Function"]],
                "Metrics": [{ "Name": metric.name(), "Unit": "Count" }],
            }],
        }),
    );
    line.insert("Function".into(), function.into());
    line.insert(metric.name().into(), times.into());
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_members_that_the_format_asks_for() {
        let line = embedded(Metric::OrdersPaid, 2, "PayOrder", 1_700_000_000_000);
        let definition = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(line["_aws"]["Timestamp"], 1_700_000_000_000_u64);
        assert_eq!(definition["Namespace"], NAMESPACE);
        for dimension in definition["Dimensions"][0].as_array().unwrap() {
            assert!(line[dimension.as_str().unwrap()].is_string());
        }
        for metric in definition["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number());
        }
    }
}
