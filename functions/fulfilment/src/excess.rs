//! Budgets that a supplier's charges pushed past their limits.

use domain::budget::{Excess, Period, Reservation};
use domain::{Budget, Money, Supplier, SupplierId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::StoreError;
use store::health::{HealthEntry, HealthKind};
use telemetry::metrics::SupplierMetric;

use crate::desk::Desk;
use crate::measured;

/// What a task is told that its supplier's budget does not pay for.
pub(crate) const BUDGET_SPENT: &str = "the supplier's budget is spent";

impl Desk {
    /// The limit that a supplier's charges exceed, of the budgets of this day and its month.
    pub(crate) async fn excess(&self, supplier: &Supplier, day: Date) -> Result<Option<Excess>, StoreError> {
        if supplier.budget == Budget::default() {
            return Ok(None);
        }
        let usage = self.database.budget_usage_on([supplier.id], day).await?;
        Ok(usage.get(&supplier.id).and_then(|usage| supplier.budget.excess(usage.day, usage.month)))
    }

    /// Writes down in the supplier's log that a charge left its budget exceeded, if it did. The charge is booked by then: an
    /// entry that is lost is only logged.
    pub(crate) async fn note_excess(&self, supplier: SupplierId, overcharged: Reservation, now: Timestamp) {
        let noted = async {
            let Some(record) = self.database.supplier(supplier).await? else { return Ok(()) };
            let Some(excess) = self.excess(&record.value.supplier, overcharged.day).await? else {
                return Ok(());
            };
            let detail = detail(excess, overcharged.day);
            tracing::warn!(supplier_id = %supplier, detail, "a budget is exceeded");
            measured::count(supplier, SupplierMetric::BudgetsExceeded);
            self.database
                .log_health(supplier, &HealthEntry::new(HealthKind::BudgetExceeded, detail, now))
                .await
        };
        if let Err(error) = noted.await {
            tracing::error!(supplier_id = %supplier, %error, "an exceeded budget is not in the supplier's log");
        }
    }
}

fn detail(Excess { period, limit, used }: Excess, day: Date) -> String {
    let beyond = Money::new(used.amount().saturating_sub(limit.amount()), limit.currency());
    let (period, name) = match period {
        Period::Day => ("day", day.to_string()),
        Period::Month => ("month", domain::budget::month_of(day)),
    };
    format!("{beyond} more than the {limit} of the {period} {name}: nothing more is placed in it")
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_log_says_by_how_much_and_until_when() {
        let pence = |amount| Money::new(amount, Currency::Gbp);
        let said =
            |period| detail(Excess { period, limit: pence(300), used: pence(400) }, date(2026, 11, 30));
        assert_eq!(
            said(Period::Day),
            "1.00 GBP more than the 3.00 GBP of the day 2026-11-30: nothing more is placed in it"
        );
        assert!(said(Period::Month).contains("of the month 2026-11:"));
    }
}
