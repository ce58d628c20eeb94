//! What may be spent with a supplier in a day and in a month.
//!
//! Money is *reserved* before a supplier is called and *settled* when the supplier has named its price: then the
//! reservation turns into what was spent. A task that comes to nothing *releases* its reservation. Days and months are
//! those of UTC, and a reservation is settled in the day and month in which it was made.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{Currency, Money, MoneyError};

/// Amounts that make no budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BudgetError {
    /// The daily amount.
    #[error("must not be negative")]
    Daily,
    /// The monthly amount.
    #[error("must not be negative, and in the currency of the daily amount")]
    Monthly,
}

impl BudgetError {
    /// The name of the bad amount as it stands in the input.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Monthly => "monthly",
        }
    }
}

/// What may be spent in a day and in a month; without an amount there is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Amounts")]
pub struct Budget {
    #[serde(skip_serializing_if = "Option::is_none")]
    daily: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monthly: Option<Money>,
}

impl Budget {
    /// Checks amounts that came from outside. Nothing may be spent of a budget of zero.
    pub fn parse(daily: Option<Money>, monthly: Option<Money>) -> Result<Self, BudgetError> {
        let negative = |amount: Option<Money>| amount.is_some_and(|amount| amount.amount() < 0);
        let mixed = daily.zip(monthly).is_some_and(|(daily, monthly)| daily.currency() != monthly.currency());
        if negative(daily) {
            return Err(BudgetError::Daily);
        }
        if negative(monthly) || mixed {
            return Err(BudgetError::Monthly);
        }
        Ok(Self { daily, monthly })
    }

    /// What may be spent in a day.
    #[must_use]
    pub fn daily(self) -> Option<Money> {
        self.daily
    }

    /// What may be spent in a month.
    #[must_use]
    pub fn monthly(self) -> Option<Money> {
        self.monthly
    }

    /// The currency of what is limited; none where nothing is.
    #[must_use]
    pub fn currency(self) -> Option<Currency> {
        self.daily.or(self.monthly).map(Money::currency)
    }

    /// What may still be spent now, after what was spent and reserved `today` and `this_month`; none without a limit.
    #[must_use]
    pub fn left(self, today: Tally, this_month: Tally) -> Option<Money> {
        let left = |limit: Option<Money>, tally: Tally| limit.map(|limit| tally.left_of(limit));
        match (left(self.daily, today), left(self.monthly, this_month)) {
            (Some(day), Some(month)) => Some(if day.amount() <= month.amount() { day } else { month }),
            (day, month) => day.or(month),
        }
    }

    /// The limit that more than was reserved was charged beyond; the month's, which lasts longer, where it is both.
    #[must_use]
    pub fn excess(self, today: Tally, this_month: Tally) -> Option<Excess> {
        let beyond = |period, limit: Option<Money>, tally: Tally| {
            let limit = limit.filter(|limit| tally.committed() > limit.amount())?;
            Some(Excess { period, limit, used: Money::new(tally.committed(), limit.currency()) })
        };
        beyond(Period::Month, self.monthly, this_month).or_else(|| beyond(Period::Day, self.daily, today))
    }
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A day of UTC.
    Day,
    /// A month of UTC.
    Month,
}

/// A limit that is exceeded: reservations stay within it, but a supplier may charge more than was reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// What the limit counts.
    pub period: Period,
    /// The limit.
    pub limit: Money,
    /// What is reserved and spent.
    pub used: Money,
}

#[derive(Deserialize)]
struct Amounts {
    daily: Option<Money>,
    monthly: Option<Money>,
}

impl TryFrom<Amounts> for Budget {
    type Error = BudgetError;

    fn try_from(amounts: Amounts) -> Result<Self, BudgetError> {
        Self::parse(amounts.daily, amounts.monthly)
    }
}

/// What was reserved and spent in one day or month, in minor units of the budget's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What tasks that are not settled may cost.
    pub reserved: i64,
    /// What suppliers charged.
    pub spent: i64,
}

impl Tally {
    /// What is reserved or spent.
    #[must_use]
    pub fn committed(self) -> i64 {
        self.reserved.saturating_add(self.spent)
    }

    /// What is left of a limit, never less than nothing.
    #[must_use]
    pub fn left_of(self, limit: Money) -> Money {
        Money::new(limit.amount().saturating_sub(self.committed()).max(0), limit.currency())
    }

    /// This tally after a change.
    #[must_use]
    pub fn after(self, change: TallyChange) -> Self {
        Self {
            reserved: self.reserved.saturating_add(change.reserved),
            spent: self.spent.saturating_add(change.spent),
        }
    }
}

/// What is to be added to the tallies of a reservation's day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TallyChange {
    /// What to add to what is reserved; negative where a reservation ends.
    pub reserved: i64,
    /// What to add to what was spent.
    pub spent: i64,
}

/// Money that is kept for a task until its supplier has named the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// How much.
    pub amount: Money,
    /// The day (UTC) whose budget, and whose month's, it belongs to.
    pub day: Date,
}

impl Reservation {
    /// What making this reservation does to the tallies.
    #[must_use]
    pub fn made(self) -> TallyChange {
        TallyChange { reserved: self.amount.amount(), spent: 0 }
    }

    /// What its end does to the tallies if the supplier charged so much. The charge may exceed the reservation: what was
    /// spent is what was spent, and the next reservations find less.
    pub fn settled(self, charge: Money) -> Result<TallyChange, MoneyError> {
        if charge.currency() != self.amount.currency() {
            return Err(MoneyError::CurrencyMismatch(self.amount.currency(), charge.currency()));
        }
        Ok(TallyChange { reserved: -self.amount.amount(), spent: charge.amount() })
    }

    /// What its end does to the tallies if nothing came of the task.
    #[must_use]
    pub fn released(self) -> TallyChange {
        TallyChange { reserved: -self.amount.amount(), spent: 0 }
    }

    /// The month of the reservation, as `2026-11`.
    #[must_use]
    pub fn month(self) -> String {
        month_of(self.day)
    }
}

/// A day's month, as `2026-11`.
#[must_use]
pub fn month_of(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn pence(amount: i64) -> Money {
        Money::new(amount, Currency::Gbp)
    }

    fn budget(daily: Option<i64>, monthly: Option<i64>) -> Budget {
        Budget::parse(daily.map(pence), monthly.map(pence)).unwrap()
    }

    #[test]
    fn a_budget_is_not_negative_and_of_one_currency() {
        assert!(Budget::parse(Some(pence(0)), Some(pence(0))).is_ok());
        assert_eq!(Budget::parse(Some(pence(-1)), None), Err(BudgetError::Daily));
        assert_eq!(Budget::parse(None, Some(pence(-1))), Err(BudgetError::Monthly));
        let euros = Money::new(1, Currency::Eur);
        assert_eq!(Budget::parse(Some(pence(1)), Some(euros)), Err(BudgetError::Monthly));
    }

    #[test]
    fn the_tighter_of_day_and_month_counts() {
        let (today, month) = (Tally { reserved: 30, spent: 20 }, Tally { reserved: 30, spent: 900 });
        assert_eq!(budget(None, None).left(today, month), None);
        assert_eq!(budget(Some(100), None).left(today, month), Some(pence(50)));
        assert_eq!(budget(None, Some(1_000)).left(today, month), Some(pence(70)));
        assert_eq!(budget(Some(100), Some(1_000)).left(today, month), Some(pence(50)));
        assert_eq!(budget(Some(500), Some(1_000)).left(today, month), Some(pence(70)));
        assert_eq!(budget(Some(10), None).left(today, month), Some(pence(0)));
    }

    #[test]
    fn a_limit_is_exceeded_by_what_is_beyond_it_and_the_month_s_lasts_longer() {
        let tally = |reserved, spent| Tally { reserved, spent };
        let excess = |budget: Budget, today, month| {
            budget.excess(today, month).map(|excess| (excess.period, excess.limit, excess.used))
        };
        let both = budget(Some(100), Some(1_000));
        assert_eq!(excess(both, tally(40, 60), tally(0, 1_000)), None);
        assert_eq!(excess(both, tally(41, 60), tally(0, 900)), Some((Period::Day, pence(100), pence(101))));
        let month = Some((Period::Month, pence(1_000), pence(1_005)));
        assert_eq!(excess(both, tally(0, 500), tally(5, 1_000)), month);
        assert_eq!(excess(budget(None, Some(1_000)), tally(0, 2_000), tally(0, 1_000)), None);
        assert_eq!(excess(budget(None, None), tally(0, 2_000), tally(0, 2_000)), None);
    }

    #[test]
    fn a_reservation_becomes_what_was_charged_or_nothing() {
        let reservation = Reservation { amount: pence(40), day: date(2026, 11, 30) };
        let before = Tally { reserved: 7, spent: 100 };
        let reserved = before.after(reservation.made());
        assert_eq!(reserved, Tally { reserved: 47, spent: 100 });
        assert_eq!(reserved.after(reservation.released()), before);
        for charge in [0, 35, 40, 45] {
            let settled = reserved.after(reservation.settled(pence(charge)).unwrap());
            assert_eq!(settled, Tally { reserved: 7, spent: 100 + charge });
        }
        assert!(reservation.settled(Money::new(1, Currency::Eur)).is_err());
        assert_eq!(reservation.month(), "2026-11");
    }

    #[test]
    fn a_stored_budget_passes_the_same_door() {
        let read = |json| serde_json::from_str::<Budget>(json);
        assert_eq!(read("{}").unwrap(), Budget::default());
        assert_eq!(read(r#"{"daily":{"amount":5,"currency":"GBP"}}"#).unwrap(), budget(Some(5), None));
        assert!(read(r#"{"monthly":{"amount":-5,"currency":"GBP"}}"#).is_err());
    }
}
