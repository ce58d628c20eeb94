//! All invoices' way through the shop, several at a time.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::Instant;

use super::Plan;
use super::buy::{Bought, Patience, buy, follow};
use super::invoice::{Demand, Invoice};
use super::outcome::{Account, Outcome};
use super::shop::Shop;
use crate::progress::Progress;

/// What became of all invoices, and how long it took.
#[derive(Debug)]
pub struct Driven {
    /// Every invoice, in the file's order.
    pub accounts: Vec<Account>,
    /// From the first cart to the last payment.
    pub placing: Duration,
    /// From then until all orders were final.
    pub waiting: Duration,
}

/// Places and pays the invoices' orders, `plan.concurrency` at a time, and then follows them until they are final.
pub async fn drive(
    shop: &Shop,
    plan: &Plan,
    invoices: &[Invoice],
    patience: Patience,
    progress: Progress,
) -> Driven {
    let since = Instant::now();
    let work = progress.begin("Placing and paying", invoices.len() as u64);
    let bought: Vec<(Bought, &Invoice)> = stream::iter(invoices)
        .map(async |invoice| {
            let bought = begin(shop, plan, invoice, patience).await;
            work.step();
            (bought, invoice)
        })
        .buffer_unordered(plan.concurrency)
        .collect()
        .await;
    work.end();
    let placing = since.elapsed();

    let since = Instant::now();
    let paid = bought.iter().filter(|(bought, _)| matches!(bought, Bought::Paid(_))).count();
    let work = progress.begin("Waiting for fulfilment", paid as u64);
    let mut accounts: Vec<Account> = stream::iter(bought)
        .map(async |(bought, invoice)| {
            let (outcome, order) = match bought {
                Bought::Over(outcome, order) => (outcome, order),
                Bought::Paid(placed) => {
                    let (outcome, order) = follow(shop, placed, patience).await;
                    work.step();
                    (outcome, Some(order))
                }
            };
            let (lines, number) = (invoice.demand.lines(), invoice.number.clone());
            Account { invoice: number, row: invoice.row, rows: invoice.rows, lines, outcome, order }
        })
        .buffer_unordered(plan.concurrency)
        .collect()
        .await;
    work.end();
    accounts.sort_by_key(|account| account.row);
    Driven { accounts, placing, waiting: since.elapsed() }
}

async fn begin(shop: &Shop, plan: &Plan, invoice: &Invoice, patience: Patience) -> Bought {
    match &invoice.demand {
        Demand::Order(lines) => buy(shop, &plan.run, &invoice.number, lines, patience).await,
        Demand::Cancellation => Bought::Over(Outcome::Cancellation, None),
        Demand::Impossible(reason) => Bought::Over(Outcome::Refused { reason: reason.clone() }, None),
    }
}
