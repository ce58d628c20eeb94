//! Orders that are settled outside of the shop: those that partners send, and the instalments of paced orders. They are
//! paid from the start; their stock is sold when they are placed.

use domain::order::{NewAccountOrder, PlacementError};
use domain::{
    Address, Buyer, Currency, CustomerEmail, Order, OrderEventType, OrderId, OrderLine, Quantity, Sku,
};
use jiff::Timestamp;
use store::{Database, StoreError, Transaction};
use thiserror::Error;

/// What is to be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnAccount {
    /// The id that is kept for the order.
    pub id: OrderId,
    /// Who buys.
    pub buyer: Buyer,
    /// Where news of the order go.
    pub email: CustomerEmail,
    /// Where it goes.
    pub shipping_address: Address,
    /// What, and how many of it. A SKU may come again.
    pub lines: Vec<(Sku, Quantity)>,
}

/// Why there is no such order.
#[derive(Debug, Error)]
pub enum OnAccountError {
    /// The shop does not sell these, or no longer.
    #[error("the shop does not sell {}", .0.iter().map(Sku::as_str).collect::<Vec<_>>().join(", "))]
    UnknownSkus(Vec<Sku>),
    /// Nothing can be ordered like this.
    #[error(transparent)]
    Placement(#[from] PlacementError),
    /// The tables could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the order at the prices of now. Nothing is written.
pub async fn price(
    database: &Database,
    currency: Currency,
    wanted: &OnAccount,
    now: Timestamp,
) -> Result<Order, OnAccountError> {
    let of_sku = database.products_of_skus(wanted.lines.iter().map(|(sku, _)| sku)).await?;
    let products = database.products(of_sku.iter().map(|(sku, product)| (*product, sku))).await?;
    let mut unknown = Vec::new();
    let mut lines = Vec::with_capacity(wanted.lines.len());
    for (sku, quantity) in &wanted.lines {
        let product = of_sku.get(sku).and_then(|id| products.get(id)).map(|stocked| &stocked.product);
        match product.and_then(|product| OrderLine::of(product, sku, *quantity)) {
            Some(line) => lines.push(line),
            None if unknown.contains(sku) => {}
            None => unknown.push(sku.clone()),
        }
    }
    if !unknown.is_empty() {
        return Err(OnAccountError::UnknownSkus(unknown));
    }
    let new = NewAccountOrder {
        id: wanted.id,
        buyer: wanted.buyer.clone(),
        email: wanted.email.clone(),
        shipping_address: wanted.shipping_address.clone(),
        lines,
        currency,
    };
    Ok(Order::place_on_account(new, now)?.with_trace(telemetry::trace::current()))
}

/// Writes the order as paid and sells its stock: at most [`MAX_LINES`](domain::MAX_LINES) and three actions. Where the
/// commit is refused for stock, [`shortages`](store::orders::shortages) tells of what there is too little; the caller adds
/// the change that makes sure that the order is placed once.
pub fn write(transaction: &mut Transaction<'_>, order: &Order, request_id: &str) -> Result<(), StoreError> {
    let quantities = order.quantities().map_err(|error| StoreError::Unwritable(error.to_string()))?;
    for ((product_id, sku), pieces) in &quantities {
        transaction.sell_stock(*product_id, sku, *pieces)?;
    }
    let at = order.created_at();
    transaction
        .create_order(order, None)?
        .add_event(order, OrderEventType::OrderPlaced, at, request_id)?
        .add_event(order, OrderEventType::OrderPaid, at, request_id)?;
    Ok(())
}
