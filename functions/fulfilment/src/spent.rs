//! What a task cost in the end, and what its end adds to the counters.

use domain::budget::Reservation;
use domain::{Currency, Money, Quantity, Task, TaskStatus};
use jiff::Timestamp;
use store::Transaction;
use store::health::{HealthCounters, HealthEntry, HealthKind};

use crate::desk::DeskError;

/// What a task cost in the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spent {
    reservation: Option<Reservation>,
    amount: Option<Money>,
    /// Whether the supplier said so.
    said: bool,
}

impl Spent {
    /// Settles the reservation in the transaction that ends the task.
    pub fn write(
        &self,
        transaction: &mut Transaction<'_>,
        ended: &Task,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let Some(reservation) = self.reservation else { return Ok(()) };
        let end = match self.amount {
            Some(amount) => reservation.settled(amount)?,
            None => reservation.released(),
        };
        transaction.settle_budget(ended.supplier_id(), reservation, end)?;
        if let (Some(_), Some(amount)) = (self.overcharged(), self.amount) {
            let detail = format!("task {}: {amount} instead of {}", ended.id(), reservation.amount);
            let entry = HealthEntry::new(HealthKind::ChargedMore, detail, now);
            transaction.log_health(ended.supplier_id(), &entry)?;
        }
        Ok(())
    }

    /// The reservation that the task cost more than.
    pub fn overcharged(&self) -> Option<Reservation> {
        self.reservation
            .zip(self.amount)
            .and_then(|(reserved, amount)| (amount.amount() > reserved.amount.amount()).then_some(reserved))
    }
}

/// Settles what a task costs. Where something was sent, it is what the supplier said at the end or, where all was sent, when
/// it took the task; else what its offers say of what was sent. What came to nothing costs nothing: suppliers go on to show
/// the price of orders that they cancelled. A charge in another currency than the offers' cannot be booked, and does not
/// count.
pub(crate) fn settle(task: &mut Task, charge: Option<Money>) -> Result<Spent, DeskError> {
    let reservation = task.take_reservation();
    let Some(currency) = task.items().first().map(|item| item.unit_cost.currency()) else {
        return Ok(Spent { reservation, amount: None, said: false });
    };
    let completed = task.status() == TaskStatus::Completed;
    let whole = completed && task.shortfall().is_empty();
    let said = charge.filter(|_| completed).or_else(|| task.cost().filter(|_| whole)).filter(|said| {
        let bookable = said.currency() == currency && said.amount() >= 0;
        if !bookable {
            tracing::error!(task_id = %task.id(), %said, "the supplier charges what cannot be booked");
        }
        bookable
    });
    let amount = match said {
        Some(said) => said,
        None if completed => delivered_cost(task)?,
        None => Money::zero(currency),
    };
    // What a task says that it cost and what is booked for it are the same from now on.
    task.charge(amount);
    Ok(Spent { reservation, amount: Some(amount), said: said.is_some() })
}

/// What the offers say of what was sent.
fn delivered_cost(task: &Task) -> Result<Money, DeskError> {
    let currency = task.items().first().map_or(Currency::Gbp, |item| item.unit_cost.currency());
    let costs = task.items().iter().filter_map(|item| {
        let pieces = Quantity::parse(i64::from(item.delivered)).ok()?;
        Some(item.unit_cost.times(pieces))
    });
    Ok(Money::sum(currency, costs.collect::<Result<Vec<_>, _>>()?)?)
}

/// What the end of a task adds to its supplier's counters.
pub(crate) fn counters(ended: &Task, spent: &Spent, now: Timestamp) -> HealthCounters {
    let mut counters = HealthCounters::default();
    match ended.status() {
        TaskStatus::Completed => {
            counters.completed = 1;
            counters.short = i64::from(!ended.shortfall().is_empty());
            counters.completion_seconds =
                ended.placed_at().map_or(0, |placed| now.duration_since(placed).as_secs().max(0));
        }
        TaskStatus::Rejected => counters.rejected = 1,
        TaskStatus::Failed => counters.failed = 1,
        TaskStatus::Cancelled => counters.cancelled = 1,
        _ => {}
    }
    if spent.said
        && ended.status() == TaskStatus::Completed
        && let Ok(offered) = delivered_cost(ended)
    {
        counters.charges = 1;
        counters.cost_offered = offered.amount();
        counters.cost_charged = spent.amount.map_or(0, Money::amount);
    }
    counters
}

#[cfg(test)]
mod tests {
    use domain::Sku;

    use super::*;
    use crate::fixtures::six_pieces;

    fn pence(amount: i64) -> Money {
        Money::new(amount, Currency::Gbp)
    }

    /// A task of six pieces at 1.00, which the supplier took for `cost`.
    fn task(cost: Option<Money>) -> Task {
        let now = Timestamp::now();
        let mut task = six_pieces(now);
        task.reserve(Reservation { amount: pence(600), day: store::budget::day(now) });
        task.begin_submission(now).unwrap();
        task.accept("so_1".into(), now).unwrap();
        if let Some(cost) = cost {
            task.charge(cost);
        }
        task
    }

    fn completed(cost: Option<Money>, delivered: u32) -> Task {
        let mut task = task(cost);
        task.complete(&[(Sku::parse("A").unwrap(), delivered)], Timestamp::now()).unwrap();
        task
    }

    #[test]
    fn the_last_word_of_the_supplier_counts_then_its_first_then_the_offers() {
        for (cost, delivered, charge, spent) in [
            (None, 6, None, 600),
            (None, 4, None, 400),
            (Some(pence(650)), 6, None, 650),
            // What it said before it sent only a part was for all of it.
            (Some(pence(650)), 4, None, 400),
            (Some(pence(650)), 4, Some(pence(433)), 433),
            // This cannot be booked.
            (None, 6, Some(Money::new(9, Currency::Usd)), 600),
            (None, 6, Some(pence(-1)), 600),
        ] {
            let mut task = completed(cost, delivered);
            let settled = settle(&mut task, charge).unwrap();
            assert_eq!(settled.amount, Some(pence(spent)), "{cost:?} {delivered} {charge:?}");
            assert_eq!(task.cost(), settled.amount, "task and budget say the same");
            assert_eq!((settled.reservation.unwrap().amount, task.reserved()), (pence(600), None));
        }
    }

    #[test]
    fn what_comes_to_nothing_costs_nothing_whatever_the_supplier_shows() {
        for charge in [None, Some(pence(650))] {
            let mut task = task(Some(pence(650)));
            task.cancel("late", Timestamp::now()).unwrap();
            assert_eq!(settle(&mut task, charge).unwrap().amount, Some(pence(0)));
            assert_eq!(task.cost(), Some(pence(0)));
        }
    }

    #[test]
    fn offers_and_charges_are_compared_only_where_the_supplier_named_a_price() {
        let now = Timestamp::now();
        let counted = |charge| {
            let mut task = completed(None, 5);
            let spent = settle(&mut task, charge).unwrap();
            counters(&task, &spent, now)
        };
        let silent = counted(None);
        assert_eq!((silent.completed, silent.short, silent.charges, silent.cost_charged), (1, 1, 0, 0));
        let said = counted(Some(pence(520)));
        assert_eq!((said.charges, said.cost_offered, said.cost_charged), (1, 500, 520));
    }
}
