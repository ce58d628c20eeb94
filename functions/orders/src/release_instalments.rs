//! Schedule, every minute: releases the instalments of paced orders that are due. Each becomes an order on account, placed in
//! one transaction with how far its paced order has come.

use std::time::{Duration, Instant};

use domain::pacing::PacedOrderError;
use domain::{Currency, Order, OrderId, PacedOrder, PacedOrderId, Quantity};
use events::{Outcome, Report, WorkError};
use futures::future::join_all;
use jiff::Timestamp;
use rand::seq::SliceRandom;
use store::orders::{Shortage, shortages};
use store::paced_orders::ReleasedInstalment;
use store::{CommitError, Database, StoreError, Subject, Versioned};
use telemetry::{TraceId, trace};

use crate::MAX_TRIES;
use crate::on_account::{OnAccount, OnAccountError, price, write};

/// The most paced orders that one run looks at.
pub const MAX_DUE: usize = 1_000;
/// After this time a run begins no further instalments: the function may not run for much longer.
pub const PATIENCE: Duration = Duration::from_secs(6);
/// How many instalments are released at once.
const PARALLEL: usize = 8;

/// What the function needs.
#[derive(Debug, Clone)]
pub struct Releasing {
    /// The tables.
    pub database: Database,
    /// The shop's currency.
    pub currency: Currency,
}

/// What came of a paced order that was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// An instalment was released.
    Released,
    /// It must wait, and says why.
    Waits,
    /// Somebody else was first.
    NotDue,
}

/// Handles one tick.
pub async fn handle(desk: &Releasing) -> Result<Report, WorkError> {
    let began = Instant::now();
    let mut due = desk.database.due_paced_orders(Timestamp::now(), MAX_DUE).await?;
    // Those that one run has no time for come sooner in another.
    due.shuffle(&mut rand::rng());
    let (mut released, mut waiting, mut failure) = (0, 0, None);
    for some in due.chunks(PARALLEL) {
        if began.elapsed() > PATIENCE {
            break;
        }
        // Nobody asked for what comes of an instalment: it is a trace of its own.
        let release = |id: &PacedOrderId| trace::within(TraceId::generate(), release(desk, *id));
        let turns = join_all(some.iter().map(release)).await;
        for (id, turn) in some.iter().zip(turns) {
            match turn {
                Ok(Turn::Released) => released += 1,
                Ok(Turn::Waits) => waiting += 1,
                Ok(Turn::NotDue) => {}
                // One that cannot be read must not hold up the others.
                Err(error) => {
                    tracing::error!(paced_order_id = %id, %error, "instalment cannot be released");
                    failure = Some(error);
                }
            }
        }
    }
    tracing::info!(due = due.len(), released, waiting, "instalments released");
    let report = format!("{released} instalments released, {waiting} wait");
    failure.map_or(Ok(Outcome::Done.saying(report)), Err)
}

/// Releases one instalment, if one is due.
async fn release(desk: &Releasing, id: PacedOrderId) -> Result<Turn, WorkError> {
    let database = &desk.database;
    for _ in 0..MAX_TRIES {
        let Some(read) = database.paced_order(id).await? else { return Ok(Turn::NotDue) };
        let now = Timestamp::now();
        let mut after = read.clone();
        after.value.catch_up(now);
        let Some(wanted) = due_order(&after.value, now) else { return Ok(Turn::NotDue) };
        let order = match price(database, desk.currency, &wanted, now).await {
            Ok(order) => order,
            Err(OnAccountError::Store(error)) => return Err(error.into()),
            Err(OnAccountError::UnknownSkus(_)) => {
                let reason = format!("{} is not for sale.", read.value.sku());
                return wait(database, read, reason, now).await;
            }
            Err(OnAccountError::Placement(error)) => {
                return wait(database, read, format!("It cannot be ordered: {error}."), now).await;
            }
        };
        let quantity = match after.value.release(order.totals().total, now) {
            Ok(instalment) => instalment.quantity,
            Err(error) => return wait(database, read, over_budget(&error), now).await,
        };
        telemetry::crash::point("release-instalments.before-write", id);
        match commit(database, &after, quantity, &order).await {
            Ok(()) => {
                telemetry::crash::point("release-instalments.after-write", id);
                tracing::info!(paced_order_id = %id, order_id = %order.id(), "instalment released");
                return Ok(Turn::Released);
            }
            // Somebody changed the paced order meanwhile: look again.
            Err(error) if error.refused(&Subject::PacedOrder) => {}
            Err(CommitError::Refused(refusals)) => {
                return match shortages(&refusals).first() {
                    Some(shortage) => wait(database, read, sold_out(shortage), now).await,
                    None => Err(CommitError::Refused(refusals).into()),
                };
            }
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    Err(StoreError::Contended.into())
}

/// The order that the next instalment becomes, if it is due.
fn due_order(paced: &PacedOrder, now: Timestamp) -> Option<OnAccount> {
    paced.due_at().filter(|due| *due <= now)?;
    Some(OnAccount {
        id: OrderId::generate(),
        buyer: paced.buyer(),
        email: paced.email().clone(),
        shipping_address: paced.shipping_address().clone(),
        lines: vec![(paced.sku().clone(), paced.next()?.quantity)],
    })
}

/// Places the order and writes down that the instalment was released: both or neither, and once.
async fn commit(
    database: &Database,
    paced: &Versioned<PacedOrder>,
    quantity: Quantity,
    order: &Order,
) -> Result<(), CommitError> {
    let instalment = ReleasedInstalment {
        number: paced.value.instalments(),
        order_id: order.id(),
        quantity,
        total: order.totals().total,
        at: order.created_at(),
    };
    let mut transaction = database.transaction();
    transaction.update_paced_order(paced)?.add_instalment(paced.value.id(), &instalment)?;
    write(&mut transaction, order, &format!("paced-{}", paced.value.id()))?;
    transaction.commit().await
}

/// Leaves the instalment for the next run, and shows why.
async fn wait(
    database: &Database,
    mut paced: Versioned<PacedOrder>,
    reason: String,
    now: Timestamp,
) -> Result<Turn, WorkError> {
    let id = paced.value.id();
    if paced.value.wait(reason.clone(), now) {
        tracing::warn!(paced_order_id = %id, reason, "instalment waits");
        match database.transaction().update_paced_order(&paced)?.commit().await {
            // Refused: somebody changed it meanwhile, and the next run sees how it is then.
            Ok(()) | Err(CommitError::Refused(_)) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(Turn::Waits)
}

fn sold_out(shortage: &Shortage) -> String {
    match shortage.available {
        0 => format!("None of the {} pieces is in stock.", shortage.requested),
        available => format!("Only {available} of {} pieces are in stock.", shortage.requested),
    }
}

fn over_budget(error: &PacedOrderError) -> String {
    match error {
        PacedOrderError::OverBudget { cost, left } => {
            format!("The instalment costs {cost}, and only {left} of the budget is left.")
        }
        error => format!("It cannot be released: {error}."),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Money, Sku};

    use super::*;

    #[test]
    fn what_waits_says_why_in_a_sentence() {
        let of = |available| Shortage { sku: Sku::parse("NAIL-50").unwrap(), requested: 10, available };
        assert_eq!(sold_out(&of(3)), "Only 3 of 10 pieces are in stock.");
        assert_eq!(sold_out(&of(0)), "None of the 10 pieces is in stock.");
        let pounds = |amount| Money::new(amount, Currency::Gbp);
        let error = PacedOrderError::OverBudget { cost: pounds(2_500), left: pounds(1_050) };
        let sentence = "The instalment costs 25.00 GBP, and only 10.50 GBP of the budget is left.";
        assert_eq!(over_budget(&error), sentence);
    }
}
