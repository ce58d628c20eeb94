//! A line of the log in CloudWatch's embedded metric format
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>):
//! CloudWatch makes metrics of it without a call of ours.

use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::label::{Dimension, Label};
use super::list::{Measured, Unit};
use crate::process::Process;

/// The namespace of all metrics.
pub const NAMESPACE: &str = "Ironmonger";
/// The most readings of one metric that the format lets into one line.
pub const MAX_READINGS: usize = 100;

/// What was measured of one metric.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// How many, or how much money in minor units.
    Whole(u64),
    /// A part of a whole.
    Part(f64),
    /// How long: it is written in the metric's unit.
    Time(Duration),
    /// Several at once, at most [`MAX_READINGS`]; none is no reading.
    Each(Vec<Reading>),
}

impl Reading {
    fn value(&self, unit: Unit) -> Value {
        match self {
            Self::Whole(number) => (*number).into(),
            Self::Part(number) => (*number).into(),
            Self::Time(time) if unit == Unit::Seconds => time.as_secs_f64().into(),
            Self::Time(time) => (time.as_secs_f64() * 1_000.0).into(),
            Self::Each(readings) => {
                readings.iter().take(MAX_READINGS).map(|reading| reading.value(unit)).collect()
            }
        }
    }

    fn is_none(&self) -> bool {
        matches!(self, Self::Each(readings) if readings.is_empty())
    }
}

impl From<u32> for Reading {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<u64> for Reading {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

/// 1 or 0: whether something happened that could have.
impl From<bool> for Reading {
    fn from(happened: bool) -> Self {
        Self::Whole(happened.into())
    }
}

impl From<f64> for Reading {
    fn from(number: f64) -> Self {
        Self::Part(number)
    }
}

impl From<Duration> for Reading {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

/// A line of metrics that is being made.
#[derive(Debug)]
#[must_use = "a line that is not written measures nothing"]
pub struct Line {
    at_millis: u64,
    directives: Vec<Value>,
    members: Map<String, Value>,
}

impl Line {
    /// A line that tells of now.
    pub fn now() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let process = Process::this();
        let mut line = Self {
            at_millis: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
            directives: Vec::new(),
            members: Map::new(),
        };
        line.members.insert(Dimension::Stage.name().into(), process.stage.as_str().into());
        let line = line.saying("function", process.function);
        match crate::trace::current() {
            Some(trace) => line.saying("traceId", trace.to_string()),
            None => line,
        }
    }

    /// The line with something that is no metric, for those who search the log.
    pub fn saying(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.into(), value.into());
        self
    }

    /// The line with what was measured of one thing.
    pub fn with<M: Measured>(mut self, of: &M::Of, readings: &[(M, Reading)]) -> Self {
        let mut metrics = Vec::with_capacity(readings.len());
        let mut dimensions = None;
        for (metric, reading) in readings.iter().filter(|(_, reading)| !reading.is_none()) {
            let about = metric.about();
            metrics.push(json!({ "Name": about.name, "Unit": about.unit.name() }));
            self.members.insert(about.name.into(), reading.value(about.unit));
            dimensions = Some(about.dimensions());
        }
        if let Some(dimensions) = dimensions {
            self.directives.push(json!({
                "Namespace": NAMESPACE,
                "Dimensions": dimensions,
                "Metrics": metrics,
            }));
            if let Some(dimension) = M::Of::DIMENSION {
                self.members.insert(dimension.name().into(), of.value().into());
            }
        }
        self
    }

    pub(crate) fn into_json(self) -> Value {
        let Self { at_millis, directives, mut members } = self;
        members.insert("_aws".into(), json!({ "Timestamp": at_millis, "CloudWatchMetrics": directives }));
        Value::Object(members)
    }

    /// The line for those who search the log: CloudWatch makes no metrics of it.
    fn into_json_without_metrics(self) -> Value {
        Value::Object(self.members)
    }

    /// Writes the line to the log. What is no function – a program on somebody's screen, a test – has none.
    pub fn write(self) {
        let process = Process::this();
        if self.directives.is_empty() || process.service.is_none() {
            return;
        }
        let line = if process.metered { self.into_json() } else { self.into_json_without_metrics() };
        // A metric that cannot be written must not fail the work that it tells of.
        if let Err(error) = writeln!(std::io::stdout(), "{line}") {
            tracing::warn!(%error, "metrics lost");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Metric, QueueMetric, Service, ServiceMetric, Shop, SupplierLabel, SupplierMetric, WorkQueue,
    };
    use super::*;

    /// Asserts what the format asks for.
    fn checked(line: Line) -> Value {
        let line = line.into_json();
        assert!(line["_aws"]["Timestamp"].as_u64().unwrap() > 1_700_000_000_000);
        for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
            assert_eq!(directive["Namespace"], NAMESPACE);
            for dimension in
                directive["Dimensions"].as_array().unwrap().iter().flat_map(|set| set.as_array().unwrap())
            {
                assert!(line[dimension.as_str().unwrap()].as_str().is_some_and(|value| !value.is_empty()));
            }
            for metric in directive["Metrics"].as_array().unwrap() {
                let value = &line[metric["Name"].as_str().unwrap()];
                let numbers = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                assert!(!numbers.is_empty() && numbers.len() <= MAX_READINGS);
                assert!(numbers.iter().all(Value::is_number), "{value}");
            }
        }
        line
    }

    #[test]
    fn a_line_has_the_members_that_the_format_asks_for() {
        let line = checked(
            Line::now()
                .with(&Service::Orders, &[(ServiceMetric::Duration, Duration::from_micros(1_500).into())])
                .with(&Shop, &[(Metric::ColdStarts, true.into()), (Metric::CheckoutErrors, false.into())])
                .saying("requestId", "r-1"),
        );
        assert_eq!((&line["Service"], &line["requestId"]), (&json!("orders"), &json!("r-1")));
        assert_eq!((&line["ColdStarts"], &line["CheckoutErrors"]), (&json!(1), &json!(0)));
        assert_eq!(line["Duration"], 1.5);
        let directives = &line["_aws"]["CloudWatchMetrics"];
        assert_eq!(directives[0]["Dimensions"], json!([["Stage"], ["Stage", "Service"]]));
        assert_eq!(directives[1]["Dimensions"], json!([["Stage"]]));
        assert_eq!(directives[1]["Metrics"][1], json!({ "Name": "CheckoutErrors", "Unit": "Count" }));
    }

    #[test]
    fn a_line_without_metrics_says_the_same_to_those_who_search_the_log() {
        let line =
            || Line::now().with(&Shop, &[(Metric::OrdersPaid, 2_u32.into())]).saying("requestId", "r-1");
        let mut with = checked(line());
        with.as_object_mut().unwrap().remove("_aws");
        assert_eq!(line().into_json_without_metrics(), with);
    }

    #[test]
    fn times_are_written_in_the_unit_of_their_metric() {
        let supplier = SupplierLabel::of("sup_1");
        let time = Duration::from_millis(1_250);
        let line = checked(Line::now().with(
            &supplier,
            &[(SupplierMetric::SupplierCallTime, time.into()), (SupplierMetric::TimeToDispatch, time.into())],
        ));
        assert_eq!((&line["SupplierCallTime"], &line["TimeToDispatch"]), (&json!(1_250.0), &json!(1.25)));
        assert_eq!(line["Supplier"], "sup_1");
    }

    #[test]
    fn several_readings_are_one_member_and_none_is_no_metric() {
        let waits = |count| Reading::Each(vec![Duration::from_millis(7).into(); count]);
        let line = |count| Line::now().with(&WorkQueue::Expiry, &[(QueueMetric::MessageWait, waits(count))]);
        assert_eq!(checked(line(2))["MessageWait"], json!([7.0, 7.0]));
        assert_eq!(checked(line(MAX_READINGS + 1))["MessageWait"].as_array().unwrap().len(), MAX_READINGS);
        let none = checked(line(0));
        assert_eq!((&none["_aws"]["CloudWatchMetrics"], none.get("Queue")), (&json!([]), None));
    }

    #[tokio::test]
    async fn a_line_tells_the_trace_that_it_is_part_of() {
        let trace = domain::TraceId::generate();
        let line = crate::trace::within(trace, async { Line::now().into_json() }).await;
        assert_eq!(line["traceId"], trace.to_string());
        assert_eq!(Line::now().into_json().get("traceId"), None);
    }
}
