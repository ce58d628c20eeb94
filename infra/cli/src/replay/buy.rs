//! One invoice's way through the shop.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{Quantity, Sku};
use tokio::time::{Instant, sleep};

use super::outcome::{Outcome, PlacedOrder};
use super::shop::{CallError, OrderView, Placed, Shop, idempotency_key, is_final};

/// The longest pause between two looks.
const LONGEST_LOOK: Duration = Duration::from_secs(8);

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// When to give up.
    pub deadline: Instant,
    /// The first pause between two looks at an order that is not final; each further one is half as long again.
    pub first_look: Duration,
}

impl Patience {
    /// Gives up after `timeout` from now.
    #[must_use]
    pub fn until(timeout: Duration) -> Self {
        Self { deadline: Instant::now() + timeout, first_look: Duration::from_secs(1) }
    }
}

/// How far an invoice came before its fulfilment.
#[derive(Debug, Clone)]
pub enum Bought {
    /// It is over.
    Over(Outcome, Option<PlacedOrder>),
    /// The order is placed and the payment taken; suppliers have the word.
    Paid(Placed),
}

/// Fills a cart, places the order and pays it.
pub async fn buy(
    shop: &Shop,
    run: &str,
    invoice: &str,
    lines: &BTreeMap<Sku, Quantity>,
    patience: Patience,
) -> Bought {
    if Instant::now() >= patience.deadline {
        let reason = "time ran out before it was placed".into();
        return Bought::Over(Outcome::Unfinished { reason }, None);
    }
    let placed = match place(shop, run, invoice, lines).await {
        Ok(placed) => placed,
        Err(error) => return Bought::Over(outcome(error, "not placed"), None),
    };
    match shop.pay(&placed, &idempotency_key(run, invoice, "payment")).await {
        Ok(order) if order.status == "pendingPayment" => {
            let reason = "the payment was not taken".into();
            Bought::Over(Outcome::Refused { reason }, Some(record(&order)))
        }
        Ok(order) => Bought::Paid(Placed { order, ..placed }),
        Err(error) => Bought::Over(outcome(error, "not paid"), Some(record(&placed.order))),
    }
}

async fn place(
    shop: &Shop,
    run: &str,
    invoice: &str,
    lines: &BTreeMap<Sku, Quantity>,
) -> Result<Placed, CallError> {
    let cart = shop.create_cart().await?;
    for (sku, quantity) in lines {
        shop.put_item(&cart, sku, *quantity).await.map_err(|error| match error {
            CallError::Refused(reason) => CallError::Refused(format!(
                "{reason} ({sku}, article {} of {})",
                position(lines, sku),
                lines.len()
            )),
            failed @ CallError::Failed(_) => failed,
        })?;
    }
    shop.place_order(&cart, &format!("Invoice {invoice}"), &idempotency_key(run, invoice, "order")).await
}

fn position(lines: &BTreeMap<Sku, Quantity>, sku: &Sku) -> usize {
    lines.range(..=sku).count()
}

fn outcome(error: CallError, how_far: &str) -> Outcome {
    match error {
        CallError::Refused(reason) => Outcome::Refused { reason },
        CallError::Failed(reason) => Outcome::Unfinished { reason: format!("{how_far}: {reason}") },
    }
}

/// Looks at a paid order until it is final or time runs out.
pub async fn follow(shop: &Shop, placed: Placed, patience: Patience) -> (Outcome, PlacedOrder) {
    let Placed { mut order, access_token } = placed;
    let mut pause = patience.first_look;
    while !is_final(&order.status) {
        match shop.order(&order.id, &access_token).await {
            Ok(seen) => order = seen,
            Err(error) => {
                let reason = format!("lost sight of it while it was {}: {error}", order.status);
                return (Outcome::Unfinished { reason }, record(&order));
            }
        }
        let now = Instant::now();
        if is_final(&order.status) {
            break;
        }
        if now >= patience.deadline {
            let reason = format!("time ran out while it was {}", order.status);
            return (Outcome::Unfinished { reason }, record(&order));
        }
        sleep(pause.min(patience.deadline - now)).await;
        pause = pause.mul_f64(1.5).min(LONGEST_LOOK);
    }
    let outcome = if order.status == "fulfilled" {
        Outcome::Fulfilled
    } else {
        Outcome::Unfinished { reason: format!("it ended as {}", order.status) }
    };
    (outcome, record(&order))
}

fn record(order: &OrderView) -> PlacedOrder {
    PlacedOrder {
        id: order.id.clone(),
        number: order.number.clone(),
        subtotal: order.totals.subtotal.amount,
        paid: !matches!(order.status.as_str(), "pendingPayment" | "expired"),
    }
}
