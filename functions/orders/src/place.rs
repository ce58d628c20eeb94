//! Turning a cart into an order, in one transaction: what guests' and customers' routes share.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::order::{NewOrder, PlacementError};
use domain::{
    Address, Buyer, Cart, CartId, Currency, CustomerEmail, Order, OrderEventType, OrderId, OrderLine,
    PaymentProvider, ProductId,
};
use jiff::{SignedDuration, Timestamp};
use store::catalog::StockedProduct;
use store::idempotency::IdempotencyKey;
use store::orders::{AccessRecord, OrderPage, Shortage, shortages};
use store::{CommitError, Database, Subject, Versioned};
use telemetry::Metric;
use web::{FieldProblem, Fields, Problem};

use crate::access;
use crate::dto::AddressDto;

/// What the functions need that place orders.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The tables.
    pub database: Database,
    /// The shop's currency.
    pub currency: Currency,
    /// How long stock is held for a payment.
    pub payment_window: SignedDuration,
}

impl Shop {
    /// The shop that the environment describes.
    pub async fn from_env() -> Result<Self, cloud::SettingError> {
        Ok(Self {
            currency: cloud::setting("CURRENCY")?,
            payment_window: SignedDuration::from_secs(cloud::setting("PAYMENT_WINDOW_SECONDS")?),
            database: Database::from_env(&cloud::config().await),
        })
    }
}

/// What somebody wants to buy, all of it good.
#[derive(Debug, Clone)]
pub struct Placement {
    /// Who buys.
    pub buyer: Buyer,
    /// Where news of the order go.
    pub email: CustomerEmail,
    /// What is bought.
    pub cart_id: CartId,
    /// Where it goes.
    pub shipping_address: Address,
    /// Who will move the money.
    pub payment_provider: PaymentProvider,
}

impl Placement {
    /// Parses what every buyer says. `buyer` is nothing where `fields` has noted already what is wrong with it.
    pub fn parse(
        mut fields: Fields,
        buyer: Option<(Buyer, CustomerEmail)>,
        cart_id: &str,
        shipping_address: AddressDto,
        payment_provider: &str,
    ) -> Result<Self, Problem> {
        let cart_id = fields.parsed("/cartId", CartId::parse(cart_id));
        let address = fields.parsed_group("/shippingAddress", Address::parse(shipping_address.into()));
        let provider = PaymentProvider::parse(payment_provider).ok_or("must be one of: sandbox");
        let provider = fields.parsed("/paymentProvider", provider);
        match (buyer, cart_id, address, provider) {
            (Some((buyer, email)), Some(cart_id), Some(shipping_address), Some(payment_provider)) => {
                Ok(Self { buyer, email, cart_id, shipping_address, payment_provider })
            }
            _ => Err(fields.into_problem()),
        }
    }
}

/// Places an order and gives its page as it is stored, so that the first answer and a repeated one are the same. Only a
/// guest's order has a token.
pub async fn place(
    shop: &Shop,
    request: &Placement,
    key: &IdempotencyKey,
    client_key: &str,
    request_id: &str,
) -> Result<OrderPage, Problem> {
    for _ in 0..crate::MAX_TRIES {
        let (cart, record) =
            shop.database.cart_to_order(request.cart_id, key).await.map_err(Problem::internal)?;
        if let Some(record) = record {
            if !key.matches(&record) {
                return Err(crate::settlement::key_reused());
            }
            return page(&shop.database, record.order_id).await;
        }
        let now = Timestamp::now();
        let cart =
            cart.filter(|cart| !cart.value.is_expired(now)).ok_or_else(|| Problem::not_found("cart"))?;
        let order = price(shop, request, &cart.value, now).await?;
        let access = (request.buyer == Buyer::Guest).then(|| access::issue(client_key));
        match commit(&shop.database, &order, access.as_ref(), &cart, key, request_id).await {
            Ok(()) => {
                telemetry::crash::point("place-order.after-write", request.cart_id);
                telemetry::count(Metric::OrdersFromCarts, 1);
                tracing::info!(order_id = %order.id(), "order placed");
                return page(&shop.database, order.id()).await;
            }
            // Somebody else used the key or changed the cart since we looked: look again.
            Err(error) if error.refused(&Subject::Idempotency) || error.refused(&Subject::Cart) => {}
            Err(CommitError::Refused(refusals)) => return Err(out_of_stock(&shortages(&refusals))),
            Err(CommitError::Store(error)) => return Err(Problem::internal(error)),
        }
    }
    Err(Problem::conflict("the cart is being changed by others; try again").retry_after(1))
}

async fn page(database: &Database, order_id: OrderId) -> Result<OrderPage, Problem> {
    let page = database.order_page(order_id).await.map_err(Problem::internal)?;
    page.ok_or_else(|| Problem::not_found("order"))
}

/// Makes an order of the cart at the prices of now.
async fn price(shop: &Shop, request: &Placement, cart: &Cart, now: Timestamp) -> Result<Order, Problem> {
    let wanted = cart.lines.iter().map(|line| (line.product_id, &line.sku));
    let products = shop.database.products(wanted).await.map_err(Problem::internal)?;
    let new = NewOrder {
        buyer: request.buyer.clone(),
        email: request.email.clone(),
        shipping_address: request.shipping_address.clone(),
        lines: lines(cart, &products)?,
        payment_provider: request.payment_provider,
        currency: shop.currency,
        payment_window: shop.payment_window,
    };
    let order = Order::place(new, now).map_err(|error| match error {
        PlacementError::Money(error) => Problem::internal(error),
        error => Problem::invalid(vec![FieldProblem::new("/cartId", error.to_string())]),
    })?;
    Ok(order.with_trace(telemetry::trace::current()))
}

fn lines(cart: &Cart, products: &BTreeMap<ProductId, StockedProduct>) -> Result<Vec<OrderLine>, Problem> {
    let mut gone = Vec::new();
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let product = products.get(&line.product_id).map(|stocked| &stocked.product);
        if let Some(line) = product.and_then(|product| OrderLine::of(product, &line.sku, line.quantity)) {
            lines.push(line);
        } else {
            gone.push(Shortage { sku: line.sku.clone(), requested: line.quantity.get(), available: 0 });
        }
    }
    if gone.is_empty() { Ok(lines) } else { Err(out_of_stock(&gone)) }
}

async fn commit(
    database: &Database,
    order: &Order,
    access: Option<&AccessRecord>,
    cart: &Versioned<Cart>,
    key: &IdempotencyKey,
    request_id: &str,
) -> Result<(), CommitError> {
    let mut transaction = database.transaction();
    let quantities = order.quantities().map_err(|error| store::StoreError::Unwritable(error.to_string()))?;
    for ((product_id, sku), pieces) in &quantities {
        transaction.reserve_stock(*product_id, sku, *pieces)?;
    }
    transaction
        .create_order(order, access)?
        .add_event(order, OrderEventType::OrderPlaced, order.created_at(), request_id)?
        .record_idempotency(key, order.id(), None, order.created_at())?
        .remove_cart(cart)?
        .commit()
        .await
}

fn out_of_stock(shortages: &[Shortage]) -> Problem {
    telemetry::count(Metric::OrdersOutOfStock, 1);
    let error = |short: &Shortage| FieldProblem {
        pointer: format!("/items/{}", short.sku),
        detail: format!("{} wanted, {} left", short.requested, short.available),
        sku: Some(short.sku.to_string()),
        available: Some(short.available),
    };
    let detail = match shortages {
        [only] => format!("of {} there are {} left, not {}", only.sku, only.available, only.requested),
        several => format!("of {} articles there are too few left", several.len()),
    };
    Problem::new(StatusCode::CONFLICT, "insufficient-stock", "Too little in stock", detail)
        .with_errors(shortages.iter().map(error).collect())
}
