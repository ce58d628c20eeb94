//! What suppliers do, as metrics of each of them. Each is written right after the change that it tells of was committed.

use std::time::Duration;

use domain::{SupplierId, Task, TaskStatus};
use jiff::Timestamp;
use telemetry::metrics::{Reading, SupplierLabel, SupplierMetric};

/// Writes down something that happened once at a supplier.
pub(crate) fn count(supplier: SupplierId, metric: SupplierMetric) {
    record(supplier, &[(metric, 1_u32.into())]);
}

/// Writes down how a call to a supplier went.
pub(crate) fn called(supplier: SupplierId, took: Duration, failed: bool) {
    let time = (SupplierMetric::SupplierCallTime, took.into());
    record(supplier, &[time, (SupplierMetric::SupplierFailures, failed.into())]);
}

/// Writes down that a supplier took a task.
pub(crate) fn placed(task: &Task) {
    record(task.supplier_id(), &placement(task));
}

/// Writes down how a task ended, and whether others took over what was not sent.
pub(crate) fn ended(task: &Task, replaced: bool) {
    record(task.supplier_id(), &end(task, replaced));
}

fn record(supplier: SupplierId, readings: &[(SupplierMetric, Reading)]) {
    telemetry::record(&SupplierLabel::of(supplier), readings);
}

fn placement(task: &Task) -> Vec<(SupplierMetric, Reading)> {
    let mut readings = vec![(SupplierMetric::TasksSubmitted, 1_u32.into())];
    readings.extend(task.placed_at().map(|at| (SupplierMetric::TimeToDispatch, time(task.created_at(), at))));
    readings
}

fn end(task: &Task, replaced: bool) -> Vec<(SupplierMetric, Reading)> {
    let mut readings = Vec::new();
    if task.status() == TaskStatus::Completed && task.items().iter().any(|item| item.delivered > 0) {
        readings.push((SupplierMetric::TasksCompleted, 1_u32.into()));
        let both = task.placed_at().zip(task.ended_at());
        readings.extend(both.map(|(from, to)| (SupplierMetric::TimeToComplete, time(from, to))));
        let cost = task.cost().and_then(|cost| u64::try_from(cost.amount()).ok());
        readings.extend(cost.map(|cost| (SupplierMetric::SupplierCost, cost.into())));
    }
    readings.extend(replaced.then(|| (SupplierMetric::TasksReplaced, 1_u32.into())));
    readings
}

fn time(from: Timestamp, to: Timestamp) -> Reading {
    Duration::try_from(to.duration_since(from)).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money, Sku};
    use jiff::SignedDuration;

    use super::*;
    use crate::fixtures::six_pieces;

    const SECOND: SignedDuration = SignedDuration::from_secs(1);

    /// A task of six pieces that was planned at `now` and placed a second later.
    fn task(now: Timestamp) -> Task {
        let mut task = six_pieces(now);
        task.begin_submission(now).unwrap();
        task.accept("so_1".into(), now + SECOND).unwrap();
        task
    }

    fn seconds(seconds: u64) -> Reading {
        Reading::Time(Duration::from_secs(seconds))
    }

    #[test]
    fn a_task_that_was_taken_tells_how_long_it_waited() {
        let readings = placement(&task(Timestamp::now()));
        let taken = [
            (SupplierMetric::TasksSubmitted, Reading::Whole(1)),
            (SupplierMetric::TimeToDispatch, seconds(1)),
        ];
        assert_eq!(readings, taken);
    }

    #[test]
    fn a_task_that_was_sent_tells_how_long_it_took_and_what_it_cost() {
        let now = Timestamp::now();
        let mut task = task(now);
        task.complete(&[(Sku::parse("A").unwrap(), 4)], now + SECOND * 9).unwrap();
        task.charge(Money::new(400, Currency::Gbp));
        let sent = [
            (SupplierMetric::TasksCompleted, Reading::Whole(1)),
            (SupplierMetric::TimeToComplete, seconds(8)),
            (SupplierMetric::SupplierCost, Reading::Whole(400)),
        ];
        assert_eq!(end(&task, false), sent);
        assert_eq!(end(&task, true).last(), Some(&(SupplierMetric::TasksReplaced, Reading::Whole(1))));
    }

    #[test]
    fn a_task_that_came_to_nothing_is_none_that_was_sent() {
        let now = Timestamp::now();
        let mut task = task(now);
        task.reject("sold out", now).unwrap();
        assert!(end(&task, false).is_empty());
        assert_eq!(end(&task, true), [(SupplierMetric::TasksReplaced, Reading::Whole(1))]);
    }
}
