//! What one call of a function took – a request, a batch of messages or changes, a tick of a schedule – as one line of
//! metrics at its end.
//!
//! A call that its process does not survive leaves no such line: Lambda's own metrics count it.

use std::ops::AddAssign;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::metrics::{Line, Metric, QueueMetric, Reading, ServiceMetric, Shop, WorkQueue};
use crate::process::Process;

/// The functions by which shoppers place and pay orders.
pub const CHECKOUT: [&str; 4] = ["pay-my-order", "pay-order", "place-my-order", "place-order"];

tokio::task_local! {
    static METER: Arc<Mutex<Usage>>;
}

/// What was used of DynamoDB.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Round trips, those among them that tried again.
    pub calls: u64,
    /// Round trips that tried again.
    pub retries: u64,
    /// Round trips that were refused because there were too many.
    pub throttles: u64,
    /// Read units. What is refused does not say what it used.
    pub read_units: f64,
    /// Write units, likewise.
    pub write_units: f64,
}

impl AddAssign for Usage {
    fn add_assign(&mut self, more: Self) {
        self.calls += more.calls;
        self.retries += more.retries;
        self.throttles += more.throttles;
        self.read_units += more.read_units;
        self.write_units += more.write_units;
    }
}

/// Notes what the call under way used. What is used outside of a call, while a process begins, is no call's.
pub fn used(usage: Usage) {
    let _outside = METER.try_with(|meter| *lock(meter) += usage);
}

/// Sums are as good after a panic elsewhere as before.
fn lock(meter: &Mutex<Usage>) -> std::sync::MutexGuard<'_, Usage> {
    meter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that the process has all that it needs to take calls: to be said right before it asks for the first.
pub fn ready() {
    Process::this().note_ready();
}

/// What became of one message of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handled {
    /// From when it was sent until a worker had it, where it tells.
    pub waited: Option<Duration>,
    /// Whether it could not be handled.
    pub failed: bool,
}

/// A call that is under way.
#[derive(Debug)]
#[must_use = "a call that is not ended measures nothing"]
pub struct Call {
    process: &'static Process,
    request_id: String,
    begun: Instant,
    meter: Arc<Mutex<Usage>>,
}

impl Call {
    /// A call that begins now. `request_id` is Lambda's.
    pub fn begin(request_id: impl Into<String>) -> Self {
        Self::of(Process::this(), request_id.into())
    }

    fn of(process: &'static Process, request_id: String) -> Self {
        Self { process, request_id, begun: Instant::now(), meter: Arc::default() }
    }

    /// Does the call's work. What it hands to other tasks of the runtime is not measured.
    pub async fn measure<F: Future>(&self, work: F) -> F::Output {
        METER.scope(Arc::clone(&self.meter), work).await
    }

    /// What the call has used up to now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        *lock(&self.meter)
    }

    /// Ends a request that is answered with this status.
    pub fn answered(self, status: u16) {
        self.line_of_request(status).write();
    }

    /// Ends a call that is no request, as a success or not.
    pub fn ended(self, failed: bool) {
        self.line(failed, Vec::new()).write();
    }

    /// Ends a batch of messages from a queue. `worker` is the binary's name.
    pub fn worked(self, worker: &str, handled: &[Handled]) {
        self.line_of_batch(WorkQueue::of_worker(worker), handled).write();
    }

    fn line_of_request(self, status: u16) -> Line {
        let failed = status >= 500;
        let mut more: Vec<(Metric, Reading)> =
            vec![(Metric::ClientErrors, (400..500).contains(&status).into())];
        if CHECKOUT.contains(&self.process.function) {
            more.push((Metric::CheckoutErrors, failed.into()));
        }
        self.line(failed, more).saying("status", status)
    }

    fn line_of_batch(self, queue: Option<WorkQueue>, handled: &[Handled]) -> Line {
        let line = self.line(handled.iter().any(|message| message.failed), Vec::new());
        let Some(queue) = queue else { return line };
        let waits = handled.iter().filter_map(|message| message.waited).map(Reading::Time).collect();
        let failed = handled.iter().map(|message| Reading::from(message.failed)).collect();
        line.with(
            &queue,
            &[
                (QueueMetric::MessageWait, Reading::Each(waits)),
                (QueueMetric::MessagesFailed, Reading::Each(failed)),
            ],
        )
    }

    fn line(self, failed: bool, more: Vec<(Metric, Reading)>) -> Line {
        let init = self.process.first_call();
        let usage = self.usage();
        let mut of_shop: Vec<(Metric, Reading)> = vec![(Metric::ColdStarts, init.is_some().into())];
        of_shop.extend(init.map(|init| (Metric::InitTime, init.into())));
        // What hardly ever happens is written only when it does.
        of_shop.extend((usage.throttles > 0).then(|| (Metric::DatabaseThrottles, usage.throttles.into())));
        of_shop.extend((usage.retries > 0).then(|| (Metric::DatabaseRetries, usage.retries.into())));
        of_shop.extend(more);
        let line = Line::now().saying("requestId", self.request_id).with(&Shop, &of_shop);
        let Some(service) = self.process.service else { return line };
        line.with(
            &service,
            &[
                (ServiceMetric::Duration, self.begun.elapsed().into()),
                (ServiceMetric::ServerErrors, failed.into()),
                (ServiceMetric::DatabaseCalls, usage.calls.into()),
                (ServiceMetric::ReadUnits, usage.read_units.into()),
                (ServiceMetric::WriteUnits, usage.write_units.into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(package: &str, function: &'static str) -> Call {
        let process = Process::unshared(package, function);
        process.note_ready();
        Call::of(process, "r-1".into())
    }

    #[tokio::test]
    async fn a_call_counts_what_it_used_and_nothing_of_others() {
        let (ours, theirs) = (call("orders", "get-order"), call("orders", "get-order"));
        let reading = Usage { calls: 1, read_units: 0.5, ..Usage::default() };
        let writing = Usage { calls: 3, retries: 2, throttles: 1, write_units: 6.0, ..Usage::default() };
        used(reading);
        ours.measure(async {
            used(reading);
            theirs.measure(async { used(writing) }).await;
            used(reading);
        })
        .await;
        let line = ours.line_of_request(200).into_json();
        assert_eq!((&line["DatabaseCalls"], &line["ReadUnits"]), (&json!(2), &json!(1.0)));
        assert_eq!((line.get("DatabaseRetries"), line.get("DatabaseThrottles")), (None, None));
        let line = theirs.line_of_request(200).into_json();
        assert_eq!((&line["DatabaseCalls"], &line["WriteUnits"]), (&json!(3), &json!(6.0)));
        assert_eq!((&line["DatabaseRetries"], &line["DatabaseThrottles"]), (&json!(2), &json!(1)));
    }

    #[test]
    fn a_request_tells_whose_fault_it_was() {
        for (status, ours, theirs) in [(200, 0, 0), (301, 0, 0), (409, 0, 1), (500, 1, 0), (503, 1, 0)] {
            let line = call("catalog", "get-product").line_of_request(status).into_json();
            assert_eq!(
                (&line["ServerErrors"], &line["ClientErrors"]),
                (&json!(ours), &json!(theirs)),
                "{status}"
            );
            assert_eq!((&line["status"], &line["function"]), (&json!(status), &json!("unnamed")));
            assert_eq!(line.get("CheckoutErrors"), None);
        }
    }

    #[test]
    fn a_checkout_that_fails_is_counted_by_itself() {
        for function in CHECKOUT {
            for (status, failed) in [(201, 0), (402, 0), (500, 1)] {
                let line = call("orders", function).line_of_request(status).into_json();
                assert_eq!(line["CheckoutErrors"], failed, "{function} {status}");
            }
        }
    }

    #[test]
    fn the_first_call_of_a_process_is_cold() {
        let process = Process::unshared("orders", "get-order");
        process.note_ready();
        let line = |n: &str| Call::of(process, n.into()).line_of_request(200).into_json();
        let (first, second) = (line("r-1"), line("r-2"));
        assert_eq!(first["ColdStarts"], 1);
        assert!(first["InitTime"].is_number());
        assert_eq!((&second["ColdStarts"], second.get("InitTime")), (&json!(0), None));
    }

    #[test]
    fn a_batch_tells_of_each_message() {
        let waited = Some(Duration::from_millis(250));
        let handled = [
            Handled { waited, failed: false },
            Handled { waited, failed: true },
            Handled { waited: None, failed: false },
        ];
        let line =
            call("orders", "expire-order").line_of_batch(Some(WorkQueue::Expiry), &handled).into_json();
        assert_eq!((&line["Queue"], &line["ServerErrors"]), (&json!("expiry"), &json!(1)));
        assert_eq!(
            (&line["MessageWait"], &line["MessagesFailed"]),
            (&json!([250.0, 250.0]), &json!([0, 1, 0]))
        );
    }
}
