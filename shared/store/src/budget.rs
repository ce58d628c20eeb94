//! What suppliers may cost us in a day and in a month, and what of it is used.
//!
//! A condition of DynamoDB cannot add, so an item holds, beside what is reserved and what was spent, the sum of both,
//! `used`. A reservation adds to it only where there is room, in the transaction that begins to place the task; the
//! transaction that ends the task turns it into what was really spent. Periods are days and months of UTC.

use std::collections::{BTreeMap, HashMap};

use domain::SupplierId;
use domain::budget::{Budget, Reservation, Tally, TallyChange, month_of};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Database, Table};

/// How long what was used of a budget is kept: longer than a year, so that months can be compared.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 400);

/// What is used of a supplier's budgets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BudgetUsage {
    /// Today.
    pub day: Tally,
    /// This month.
    pub month: Tally,
}

/// The day of UTC that budgets count `at` to.
#[must_use]
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The names of the periods that a day belongs to, the day first.
fn periods(day: Date) -> [String; 2] {
    [day.to_string(), month_of(day)]
}

impl Database {
    /// What is used of these suppliers' budgets as of now.
    pub async fn budget_usage(
        &self,
        suppliers: impl IntoIterator<Item = SupplierId>,
        now: Timestamp,
    ) -> Result<BTreeMap<SupplierId, BudgetUsage>, StoreError> {
        self.budget_usage_on(suppliers, day(now)).await
    }

    /// What is used of these suppliers' budgets of a day and its month.
    pub async fn budget_usage_on(
        &self,
        suppliers: impl IntoIterator<Item = SupplierId>,
        day: Date,
    ) -> Result<BTreeMap<SupplierId, BudgetUsage>, StoreError> {
        let periods = periods(day);
        let ids: Vec<_> = suppliers.into_iter().collect();
        let wanted = ids.iter().flat_map(|id| periods.each_ref().map(|period| keys::budget(*id, period)));
        let items = self.items(Table::Fulfilment, wanted).await?;
        let used: HashMap<_, _> = items
            .iter()
            .map(|item| Ok((item::key(item)?, used(item)?)))
            .collect::<Result<_, StoreError>>()?;
        let usage = |id: SupplierId| {
            let [day, month] = periods
                .each_ref()
                .map(|period| used.get(&keys::budget(id, period)).copied().unwrap_or_default());
            (id, BudgetUsage { day, month })
        };
        Ok(ids.into_iter().map(usage).collect())
    }
}

fn used(item: &Item) -> Result<Tally, StoreError> {
    Ok(Tally { reserved: item::read_signed(item, RESERVED)?, spent: item::read_signed(item, SPENT)? })
}

const USED: &str = "used";
const RESERVED: &str = "reserved";
const SPENT: &str = "spent";

impl Transaction<'_> {
    /// Makes a reservation, if there is as much left of both the day's and the month's budget.
    pub fn reserve_budget(
        &mut self,
        supplier: SupplierId,
        budget: Budget,
        reservation: Reservation,
    ) -> Result<&mut Self, StoreError> {
        for (period, limit) in periods(reservation.day).into_iter().zip([budget.daily(), budget.monthly()]) {
            let mut change = add(reservation.made(), reservation.day);
            if let Some(limit) = limit {
                let room = limit.amount().saturating_sub(reservation.amount.amount());
                change.condition = Some(room_condition(room));
                change.values.push((":room", item::number(room)));
            }
            self.update(Subject::Budget, Table::Fulfilment, keys::budget(supplier, &period), change)?;
        }
        Ok(self)
    }

    /// Ends a reservation, by what its end does to the tallies.
    pub fn settle_budget(
        &mut self,
        supplier: SupplierId,
        reservation: Reservation,
        end: TallyChange,
    ) -> Result<&mut Self, StoreError> {
        for period in periods(reservation.day) {
            let change = add(end, reservation.day);
            self.update(Subject::Unconditional, Table::Fulfilment, keys::budget(supplier, &period), change)?;
        }
        Ok(self)
    }
}

fn add(change: TallyChange, day: Date) -> Change<'static> {
    Change {
        update: "SET #ttl = :ttl ADD #used :used, #reserved :reserved, #spent :spent",
        condition: None,
        names: &[item::TTL, USED, RESERVED, SPENT],
        values: vec![
            (":used", item::number(change.reserved.saturating_add(change.spent))),
            (":reserved", item::number(change.reserved)),
            (":spent", item::number(change.spent)),
            (":ttl", item::number(expiry(day))),
        ],
    }
}

/// Where the amount alone is more than the limit, there is no room even in a period of which nothing is used yet.
fn room_condition(room: i64) -> &'static str {
    if room < 0 { "#used <= :room" } else { "attribute_not_exists(#used) OR #used <= :room" }
}

fn expiry(day: Date) -> i64 {
    let start = day.to_zoned(TimeZone::UTC).map(|start| start.timestamp()).unwrap_or_default();
    (start + LIFETIME).as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_belongs_to_itself_and_its_month() {
        let at: Timestamp = "2026-11-30T23:59:59Z".parse().unwrap();
        assert_eq!(periods(day(at)), ["2026-11-30", "2026-11"]);
    }

    #[test]
    fn an_amount_above_the_limit_has_no_room_in_an_unused_period_either() {
        assert!(!room_condition(-1).contains("attribute_not_exists"));
        assert!(room_condition(0).contains("attribute_not_exists"));
    }
}
