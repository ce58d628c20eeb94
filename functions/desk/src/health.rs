//! How a supplier does, as staff see it.

use domain::{Currency, Money, SupplierId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::health::{HealthCounters, LATENCY_BOUNDS};
use store::{Database, StoreError};
use utoipa::ToSchema;
use web::MoneyDto;

/// What is told of calls that took longer than the last bound, in milliseconds: no call may take longer.
pub const LONGEST_CALL_MS: u64 = suppliers::MAX_TIMEOUT.as_secs() * 1_000;
/// A week is what pages show, and a little less than what is kept.
pub const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A stretch of time that ends now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HealthPeriod)]
pub enum Period {
    /// This hour of the clock and the one before.
    Hour,
    /// 24 hours, and what has passed of this one.
    Day,
    /// Seven days, and what has passed of this hour.
    Week,
}

impl Period {
    /// When it began.
    #[must_use]
    pub fn begins(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Hour => now - SignedDuration::from_hours(1),
            Self::Day => now - SignedDuration::from_hours(24),
            Self::Week => now - WEEK,
        }
    }
}

/// How a supplier did over some time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplierHealth)]
pub struct HealthDto {
    /// Calls of any kind.
    #[schema(minimum = 0)]
    calls: i64,
    /// Those without an answer, or with one that makes no sense or says that something is broken.
    #[schema(minimum = 0)]
    failures: i64,
    /// The share of calls that went well, from 0 to 1; null where there were none.
    success_rate: Option<f64>,
    /// The mean time of a call in milliseconds.
    average_latency_ms: Option<i64>,
    /// In how many milliseconds 95 of 100 calls were answered, to the next bound of those that calls are counted by.
    p95_latency_ms: Option<u64>,
    /// Tasks that the supplier took.
    placed: i64,
    /// Tasks that it sent, wholly or in part.
    completed: i64,
    /// Tasks of which it sent only a part.
    short: i64,
    /// Tasks that it refused.
    rejected: i64,
    /// Tasks that could not be placed.
    failed: i64,
    /// Tasks that were late.
    overdue: i64,
    /// Tasks that were cancelled.
    cancelled: i64,
    /// The mean time from being taken to being sent, in seconds.
    average_completion_seconds: Option<i64>,
    /// What the tasks should have cost by our offers whose supplier said what it charges.
    offered: Option<MoneyDto>,
    /// What it charged for them.
    charged: Option<MoneyDto>,
}

/// An hour of a supplier's.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HealthPoint {
    /// When the hour began.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How it went.
    #[serde(flatten)]
    health: HealthDto,
}

impl HealthDto {
    /// What counters come to.
    #[must_use]
    pub fn of(counted: &HealthCounters, currency: Currency) -> Self {
        let money = |amount| (counted.charges > 0).then(|| Money::new(amount, currency).into());
        Self {
            calls: counted.calls,
            failures: counted.failures,
            success_rate: share(counted.calls - counted.failures, counted.calls),
            average_latency_ms: mean(counted.latency_millis, counted.calls),
            p95_latency_ms: latency_of(95, &counted.latency),
            placed: counted.placed,
            completed: counted.completed,
            short: counted.short,
            rejected: counted.rejected,
            failed: counted.failed,
            overdue: counted.overdue,
            cancelled: counted.cancelled,
            average_completion_seconds: mean(counted.completion_seconds, counted.completed),
            offered: money(counted.cost_offered),
            charged: money(counted.cost_charged),
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a share of counts below 2^52 is exact enough to be drawn")]
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn mean(sum: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| sum.saturating_add(count / 2) / count)
}

/// The bound below which so many percent of the calls lie.
fn latency_of(percent: i64, classes: &[i64; LATENCY_BOUNDS.len() + 1]) -> Option<u64> {
    let all: i64 = classes.iter().sum();
    let mut below = 0;
    let bounds = LATENCY_BOUNDS.into_iter().chain([LONGEST_CALL_MS]);
    classes.iter().zip(bounds).find_map(|(calls, bound)| {
        below += calls;
        (*calls > 0 && below.saturating_mul(100) >= all.saturating_mul(percent)).then_some(bound)
    })
}

/// What was counted in each hour, the oldest first.
pub type Hours = Vec<(Timestamp, HealthCounters)>;

/// What was counted of a supplier in a stretch of time.
pub async fn hours(
    database: &Database,
    supplier: SupplierId,
    period: Period,
    now: Timestamp,
) -> Result<Hours, StoreError> {
    let counted = database.health(supplier, period.begins(now), now).await?;
    let begun = |(hour, counters): (String, HealthCounters)| {
        format!("{hour}:00:00Z").parse::<Timestamp>().ok().map(|at| (at, counters))
    };
    Ok(counted.into_iter().filter_map(begun).collect())
}

/// What the hours of a stretch of time come to.
#[must_use]
pub fn sum(hours: &Hours, period: Period, now: Timestamp) -> HealthCounters {
    let begins = store::health::hour(period.begins(now));
    let mut sum = HealthCounters::default();
    for (_, counters) in hours.iter().filter(|(at, _)| store::health::hour(*at) >= begins) {
        sum.add(counters);
    }
    sum
}

/// The hours as they are drawn.
#[must_use]
pub fn points(hours: &Hours, currency: Currency) -> Vec<HealthPoint> {
    let point = |(at, counters): &(Timestamp, HealthCounters)| HealthPoint {
        at: *at,
        health: HealthDto::of(counters, currency),
    };
    hours.iter().map(point).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn calls(latencies: &[u64]) -> HealthCounters {
        let mut sum = HealthCounters::default();
        for millis in latencies {
            sum.add(&HealthCounters::call(Duration::from_millis(*millis), *millis > 10_000));
        }
        sum
    }

    #[test]
    fn nothing_counted_is_nothing_told() {
        let none = HealthDto::of(&HealthCounters::default(), Currency::Gbp);
        assert_eq!((none.success_rate, none.average_latency_ms, none.p95_latency_ms), (None, None, None));
        assert_eq!((none.average_completion_seconds, none.offered, none.charged), (None, None, None));
    }

    #[test]
    fn calls_come_to_a_rate_a_mean_and_a_percentile() {
        let health = HealthDto::of(&calls(&[50, 50, 200, 20_000]), Currency::Gbp);
        assert_eq!((health.success_rate, health.average_latency_ms), (Some(0.75), Some(5_075)));
        assert_eq!(health.p95_latency_ms, Some(LONGEST_CALL_MS));
        let twenty: Vec<u64> = [vec![90; 19], vec![4_000]].concat();
        assert_eq!(HealthDto::of(&calls(&twenty), Currency::Gbp).p95_latency_ms, Some(100));
        assert_eq!(HealthDto::of(&calls(&twenty[1..]), Currency::Gbp).p95_latency_ms, Some(5_000));
    }

    #[test]
    fn costs_are_told_where_the_supplier_told_them() {
        let counted =
            HealthCounters { charges: 2, cost_offered: 500, cost_charged: 510, ..HealthCounters::default() };
        let health = HealthDto::of(&counted, Currency::Gbp);
        assert_eq!(health.offered, Some(Money::new(500, Currency::Gbp).into()));
        assert_eq!(health.charged, Some(Money::new(510, Currency::Gbp).into()));
    }

    #[test]
    fn a_period_takes_the_hour_that_it_begins_in() {
        let now: Timestamp = "2026-11-22T07:30:00Z".parse().unwrap();
        let at = |text: &str| (text.parse().unwrap(), calls(&[1]));
        let hours = vec![
            at("2026-11-15T07:00:00Z"),
            at("2026-11-21T06:00:00Z"),
            at("2026-11-21T07:00:00Z"),
            at("2026-11-22T05:00:00Z"),
            at("2026-11-22T06:00:00Z"),
            at("2026-11-22T07:00:00Z"),
        ];
        let calls = [Period::Hour, Period::Day, Period::Week].map(|period| sum(&hours, period, now).calls);
        assert_eq!(calls, [2, 4, 6]);
    }
}
