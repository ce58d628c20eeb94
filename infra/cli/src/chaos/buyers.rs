//! Places and pays the orders. The carts are written straight into the table: what is tried here begins with the order.

use domain::{Cart, CartLine, OrderId};
use jiff::Timestamp;
use serde::Serialize;
use store::{Database, StoreError};
use thiserror::Error;

use super::killer::{PLACING, POINTS, Sentences};
use super::scene::{Basket, Scene};
use crate::replay::shop::{CallError, Shop, idempotency_key};

/// One order of so many carries a death sentence, and one of so many carts.
const SENTENCED: u32 = 6;

/// Why an order could not even be tried.
#[derive(Debug, Error)]
pub enum BuyError {
    /// The cart could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The death sentence could not be written.
    #[error("a crash point: {0}")]
    Sentence(#[from] std::io::Error),
    /// The cart does not bear as much.
    #[error(transparent)]
    Cart(#[from] domain::cart::CartError),
}

/// What became of a basket at the checkout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "bought")]
pub enum Bought {
    /// The order was placed and paid.
    Paid {
        /// Which order.
        order: String,
        /// What its goods cost, in minor units.
        subtotal: i64,
    },
    /// The shop would not take it.
    Refused {
        /// Why.
        reason: String,
    },
    /// It was neither.
    Failed {
        /// How far it came.
        reason: String,
        /// Which order it may be.
        order: Option<String>,
    },
}

/// Fills a cart with a basket, places the order and pays it. Tells `paid` of the order then.
pub async fn buy(
    database: &Database,
    shop: &Shop,
    run: &str,
    scene: &Scene,
    basket: &Basket,
    sentences: &Sentences,
    paid: impl Fn(OrderId),
) -> Result<Bought, BuyError> {
    let now = Timestamp::now();
    let mut cart = Cart::new(now);
    for (sku, quantity) in &basket.lines {
        let Some(good) = scene.goods.get(sku) else { continue };
        let product_id = good.product.fields().id;
        cart.set(CartLine { sku: sku.clone(), product_id, quantity: *quantity }, now)?;
    }
    let cart = database.create_cart(cart).await?.value.id;
    if rand::random_ratio(1, SENTENCED) {
        sentences.pass(PLACING, cart)?;
    }
    let invoice = &basket.invoice;
    let key = |step| idempotency_key(run, invoice, step);
    let answer = shop.place_order(&cart.to_string(), &format!("Invoice {invoice}"), &key("order")).await;
    let order = match answer {
        Ok(order) => order,
        Err(CallError::Refused(reason)) => return Ok(Bought::Refused { reason }),
        Err(CallError::Failed(reason)) => return Ok(Bought::Failed { reason, order: None }),
    };
    let id = order.order.id.clone();
    let failed = |reason| Ok(Bought::Failed { reason, order: Some(id.clone()) });
    let Ok(order_id) = OrderId::parse(&id) else { return failed("the order's id is none".into()) };
    if rand::random_ratio(1, SENTENCED) {
        let point = POINTS[rand::random_range(0..POINTS.len())];
        sentences.pass(point, order_id)?;
    }
    match shop.pay(&order, &key("payment")).await {
        Ok(seen) if seen.status == "pendingPayment" => failed("the payment was not taken".into()),
        Ok(seen) => {
            paid(order_id);
            Ok(Bought::Paid { order: id, subtotal: seen.totals.subtotal.amount })
        }
        Err(error) => failed(format!("not paid: {error}")),
    }
}
