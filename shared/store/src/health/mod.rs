//! How suppliers do: counters by the hour, and a log of what happened to a supplier.
//!
//! Counters are added to after the fact and outside of transactions: a function that dies at the wrong moment leaves one
//! event uncounted. What must add up, money, is counted in [`crate::budget`].

mod log;

use domain::SupplierId;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use self::log::{HealthEntry, HealthKind, LOG_LIFETIME};

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::{Database, Table};

/// How long counters are kept: a week, and some.
pub const COUNTERS_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 9);
/// The upper bounds of the classes that latencies are counted in, in milliseconds; the last class has none.
pub const LATENCY_BOUNDS: [u64; 7] = [100, 250, 500, 1_000, 2_500, 5_000, 10_000];

macro_rules! counters {
    ($($(#[$doc:meta])* $field:ident = $name:literal,)+) => {
        /// What was counted of a supplier, in an hour or in sum.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct HealthCounters {
            $($(#[$doc])* pub $field: i64,)+
            /// How many calls took how long, by [`LATENCY_BOUNDS`] and then without a bound.
            pub latency: [i64; LATENCY_BOUNDS.len() + 1],
        }

        impl HealthCounters {
            fn named(&self) -> Vec<(String, i64)> {
                let latency = self.latency.iter().enumerate().map(|(class, n)| (format!("latency{class}"), *n));
                let mut named: Vec<_> = [$(($name.to_owned(), self.$field),)+].into_iter().chain(latency).collect();
                named.retain(|(_, value)| *value != 0);
                named
            }

            fn read(item: &Item) -> Self {
                // What was never counted is not there.
                let value = |name: &str| item::read_signed(item, name).unwrap_or_default();
                Self {
                    $($field: value($name),)+
                    latency: std::array::from_fn(|class| value(&format!("latency{class}"))),
                }
            }

            /// Adds what was counted elsewhere.
            pub fn add(&mut self, other: &Self) {
                $(self.$field = self.$field.saturating_add(other.$field);)+
                for (own, other) in self.latency.iter_mut().zip(other.latency) {
                    *own = own.saturating_add(other);
                }
            }
        }
    };
}

counters! {
    /// Calls of any kind.
    calls = "calls",
    /// Calls that failed: no answer, an error of the server, or an answer that makes no sense.
    failures = "failures",
    /// Milliseconds that all calls took together.
    latency_millis = "latencyMillis",
    /// Tasks that the supplier took.
    placed = "placed",
    /// Tasks that it sent, wholly or in part.
    completed = "completed",
    /// Tasks of which it sent only a part.
    short = "short",
    /// Tasks that it refused.
    rejected = "rejected",
    /// Tasks that could not be placed.
    failed = "failed",
    /// Tasks that were late.
    overdue = "overdue",
    /// Tasks that were cancelled, because they were late or otherwise.
    cancelled = "cancelled",
    /// Seconds from being taken to being sent, of all tasks that were sent together.
    completion_seconds = "completionSeconds",
    /// Tasks that were sent and whose supplier said what it charges.
    charges = "charges",
    /// What these should have cost by our offers, in minor units.
    cost_offered = "costOffered",
    /// What they did cost, in minor units.
    cost_charged = "costCharged",
}

impl HealthCounters {
    /// One call that took so long.
    #[must_use]
    pub fn call(elapsed: std::time::Duration, failed: bool) -> Self {
        let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let class = LATENCY_BOUNDS.iter().position(|bound| millis <= *bound).unwrap_or(LATENCY_BOUNDS.len());
        let mut counters = Self {
            calls: 1,
            failures: i64::from(failed),
            latency_millis: i64::try_from(millis).unwrap_or(i64::MAX),
            ..Self::default()
        };
        counters.latency[class] = 1;
        counters
    }
}

/// The hour of UTC that counters count `at` to, as in `2026-11-22T07`.
#[must_use]
pub fn hour(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H").to_string()
}

impl Database {
    /// Adds to the counters of the hour.
    pub async fn count_health(
        &self,
        supplier: SupplierId,
        counters: &HealthCounters,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let named = counters.named();
        if named.is_empty() {
            return Ok(());
        }
        let parts: Vec<_> = (0..named.len()).map(|n| format!("#c{n} :c{n}")).collect();
        let mut request = self
            .client
            .update_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::health(supplier, &hour(now)).into_item()))
            .update_expression(format!("SET #ttl = :ttl ADD {}", parts.join(", ")))
            .expression_attribute_names("#ttl", item::TTL)
            .expression_attribute_values(":ttl", item::number((now + COUNTERS_LIFETIME).as_second()));
        for (n, (name, value)) in named.into_iter().enumerate() {
            request = request
                .expression_attribute_names(format!("#c{n}"), name)
                .expression_attribute_values(format!(":c{n}"), item::number(value));
        }
        request.send().await.map_err(StoreError::sdk("UpdateItem"))?;
        Ok(())
    }

    /// What was counted from the hour of `since` to the hour of `now`, by hour (as in `2026-11-22T07`, UTC), oldest first.
    /// Hours in which nothing happened are absent.
    pub async fn health(
        &self,
        supplier: SupplierId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<(String, HealthCounters)>, StoreError> {
        let (from, to) = (keys::health(supplier, &hour(since)), keys::health(supplier, &hour(now)));
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", item::text(from.pk))
            .expression_attribute_values(":from", item::text(from.sk))
            .expression_attribute_values(":to", item::text(to.sk))
            .into_paginator()
            .items()
            .send();
        let mut hours = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            let hour = item::sort_key(&item).trim_start_matches(keys::HEALTH_PREFIX).to_owned();
            hours.push((hour, HealthCounters::read(&item)));
        }
        Ok(hours)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn calls_are_counted_by_how_long_they_took() {
        let mut sum = HealthCounters::default();
        for (millis, failed) in [(0, false), (100, false), (101, true), (30_001, true)] {
            sum.add(&HealthCounters::call(Duration::from_millis(millis), failed));
        }
        assert_eq!((sum.calls, sum.failures, sum.latency_millis), (4, 2, 30_202));
        assert_eq!(sum.latency, [2, 1, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn only_what_was_counted_is_written() {
        let names: Vec<_> = HealthCounters { placed: 1, ..HealthCounters::default() }.named();
        assert_eq!(names, [("placed".to_owned(), 1)]);
    }

    #[test]
    fn the_log_lies_outside_of_the_range_of_hours() {
        let at: Timestamp = "2026-11-22T07:59:59Z".parse().unwrap();
        assert_eq!(hour(at), "2026-11-22T07");
        assert!(!keys::HEALTH_LOG_PREFIX.starts_with(keys::HEALTH_PREFIX));
    }
}
