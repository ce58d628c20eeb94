//! Looks at the budgets all along: no tally may be above its limit at any time.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use domain::{Budget, Money, SupplierId};
use jiff::Timestamp;
use store::budget::BudgetUsage;
use store::{Database, StoreError};

use super::cast::Member;

/// How often budgets are looked at.
pub const EVERY: Duration = Duration::from_secs(2);

/// What may be spent in a day and in a month, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// In a day.
    pub day: Option<i64>,
    /// In a month.
    pub month: Option<i64>,
}

impl Limits {
    /// Those of a budget.
    #[must_use]
    pub fn of(budget: Budget) -> Self {
        Self { day: budget.daily().map(Money::amount), month: budget.monthly().map(Money::amount) }
    }
}

/// The most that was seen of a supplier's budgets, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// Reserved and spent in a day.
    pub day: i64,
    /// Reserved and spent in a month.
    pub month: i64,
    /// How often a tally was above its limit, or less than nothing.
    pub wrong: u64,
}

impl Peak {
    fn see(&mut self, usage: BudgetUsage, limits: Limits) {
        let above = |used: i64, limit: Option<i64>| limit.is_some_and(|limit| used > limit);
        let (day, month) = (usage.day.committed(), usage.month.committed());
        let negative = [usage.day, usage.month].iter().any(|tally| tally.reserved < 0 || tally.spent < 0);
        self.day = self.day.max(day);
        self.month = self.month.max(month);
        self.wrong += u64::from(above(day, limits.day) || above(month, limits.month) || negative);
    }
}

/// What was seen of the suppliers' budgets.
#[derive(Debug, Default)]
pub struct Sampler {
    seen: Mutex<(u64, BTreeMap<SupplierId, Peak>)>,
}

impl Sampler {
    /// Looks once.
    pub async fn look(&self, database: &Database, cast: &[Member]) -> Result<(), StoreError> {
        let ids = cast.iter().map(|member| member.supplier.id);
        let usage = database.budget_usage(ids, Timestamp::now()).await?;
        // Whoever panicked with the lock has left nothing that could mislead here.
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.0 += 1;
        for member in cast {
            let id = member.supplier.id;
            let usage = usage.get(&id).copied().unwrap_or_default();
            seen.1.entry(id).or_default().see(usage, Limits::of(member.supplier.budget));
        }
        Ok(())
    }

    /// How often budgets were looked at, and what was seen of them.
    #[must_use]
    pub fn seen(&self) -> (u64, BTreeMap<SupplierId, Peak>) {
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use domain::Tally;

    use super::*;

    #[test]
    fn a_tally_above_its_limit_or_below_nothing_is_seen() {
        let limits = Limits { day: Some(100), month: None };
        let usage = |reserved, spent| {
            let tally = Tally { reserved, spent };
            BudgetUsage { day: tally, month: tally }
        };
        let mut peak = Peak::default();
        for (reserved, spent, wrong) in [(100, 0, 0), (60, 40, 0), (61, 40, 1), (-1, 50, 2), (0, 100, 2)] {
            peak.see(usage(reserved, spent), limits);
            assert_eq!(peak.wrong, wrong, "{reserved} {spent}");
        }
        assert_eq!((peak.day, peak.month), (101, 101));
    }
}
