//! `POST /api/orders`: turns a cart into an order, in one transaction.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::order::{NewOrder, PlacementError};
use domain::{
    Address, Cart, CartId, Currency, CustomerEmail, Order, OrderEventType, OrderId, OrderLine,
    PaymentProvider, ProductId,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::catalog::StockedProduct;
use store::idempotency::IdempotencyKey;
use store::orders::{AccessRecord, Shortage, shortages};
use store::{CommitError, Database, Subject, Versioned};
use telemetry::Metric;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Body, FieldProblem, Fields, IdempotencyKeyHeader, Problem, RequestId};

use crate::access;
use crate::dto::{AddressDto, OrderDto};

/// What the function needs.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The tables.
    pub database: Database,
    /// The shop's currency.
    pub currency: Currency,
    /// How long stock is held for a payment.
    pub payment_window: SignedDuration,
}

/// Who buys what, and where it goes. Prices and totals are the shop's business.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceOrder {
    /// The cart, which is gone once the order is placed.
    #[schema(example = "crt_01JD0000000000000000000000")]
    cart_id: String,
    /// Where news of the order go.
    #[schema(example = "ada@example.org")]
    email: String,
    /// Where the goods go.
    shipping_address: AddressDto,
    /// Who shall move the money: `sandbox`.
    #[schema(example = "sandbox")]
    payment_provider: String,
}

/// A placed order, and the token that shows it to a guest.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlacedOrder {
    /// The order.
    order: OrderDto,
    /// What to send as `X-Order-Token` to see and pay the order. It is not stored: keep it.
    access_token: String,
}

/// A request whose fields are all good.
struct Request {
    cart_id: CartId,
    email: CustomerEmail,
    shipping_address: Address,
    payment_provider: PaymentProvider,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Shop> {
    OpenApiRouter::new().routes(routes!(place_order))
}

#[utoipa::path(
    post,
    path = "/api/orders",
    tag = "orders",
    params(("Idempotency-Key" = String, Header, description = "New for each order; the same again for a repeated request")),
    request_body = PlaceOrder,
    responses(
        (status = 201, description = "The order; a repeated request gets the same one", body = PlacedOrder),
        (status = 400, description = "A header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such cart", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Too little stock; `errors` names each SKU and what is left", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn place_order(
    State(shop): State<Shop>,
    RequestId(request_id): RequestId,
    IdempotencyKeyHeader(client_key): IdempotencyKeyHeader,
    Body(body): Body<PlaceOrder>,
) -> Result<(StatusCode, Json<PlacedOrder>), Problem> {
    let key = IdempotencyKey::new("place-order", &client_key, &body).map_err(Problem::internal)?;
    let request = parse(body)?;
    for _ in 0..crate::MAX_TRIES {
        let (cart, record) =
            shop.database.cart_to_order(request.cart_id, &key).await.map_err(Problem::internal)?;
        if let Some(record) = record {
            if !key.matches(&record) {
                return Err(crate::settlement::key_reused());
            }
            return answer(&shop.database, record.order_id, &client_key).await;
        }
        let now = Timestamp::now();
        let cart =
            cart.filter(|cart| !cart.value.is_expired(now)).ok_or_else(|| Problem::not_found("cart"))?;
        let order = price(&shop, &request, &cart.value, now).await?;
        let access = access::issue(&client_key);
        match commit(&shop.database, &order, &access, &cart, &key, &request_id).await {
            Ok(()) => {
                telemetry::crash::point("place-order.after-write", request.cart_id);
                telemetry::count(Metric::OrdersPlaced, 1);
                tracing::info!(order_id = %order.id(), "order placed");
                return answer(&shop.database, order.id(), &client_key).await;
            }
            // Somebody else used the key or changed the cart since we looked: look again.
            Err(error) if error.refused(&Subject::Idempotency) || error.refused(&Subject::Cart) => {}
            Err(CommitError::Refused(refusals)) => return Err(out_of_stock(&shortages(&refusals))),
            Err(CommitError::Store(error)) => return Err(Problem::internal(error)),
        }
    }
    Err(Problem::conflict("the cart is being changed by others; try again").retry_after(1))
}

fn parse(body: PlaceOrder) -> Result<Request, Problem> {
    let mut fields = Fields::default();
    let cart_id = fields.parsed("/cartId", CartId::parse(&body.cart_id));
    let email = fields.parsed("/email", CustomerEmail::parse(&body.email));
    let address = fields.parsed_group("/shippingAddress", Address::parse(body.shipping_address.into()));
    let provider = PaymentProvider::parse(&body.payment_provider).ok_or("must be one of: sandbox");
    let provider = fields.parsed("/paymentProvider", provider);
    match (cart_id, email, address, provider) {
        (Some(cart_id), Some(email), Some(shipping_address), Some(payment_provider)) => {
            Ok(Request { cart_id, email, shipping_address, payment_provider })
        }
        _ => Err(fields.into_problem()),
    }
}

/// Makes an order of the cart at the prices of now.
async fn price(shop: &Shop, request: &Request, cart: &Cart, now: Timestamp) -> Result<Order, Problem> {
    let wanted = cart.lines.iter().map(|line| (line.product_id, &line.sku));
    let products = shop.database.products(wanted).await.map_err(Problem::internal)?;
    let new = NewOrder {
        email: request.email.clone(),
        shipping_address: request.shipping_address.clone(),
        lines: lines(cart, &products)?,
        payment_provider: request.payment_provider,
        currency: shop.currency,
        payment_window: shop.payment_window,
    };
    Order::place(new, now).map_err(|error| match error {
        PlacementError::Money(error) => Problem::internal(error),
        error => Problem::invalid(vec![FieldProblem::new("/cartId", error.to_string())]),
    })
}

fn lines(cart: &Cart, products: &BTreeMap<ProductId, StockedProduct>) -> Result<Vec<OrderLine>, Problem> {
    let mut gone = Vec::new();
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let product = products.get(&line.product_id).map(|stocked| &stocked.product);
        if let Some((product, variant)) = product.and_then(|p| p.variant(&line.sku).map(|v| (p.fields(), v)))
        {
            lines.push(OrderLine {
                sku: line.sku.clone(),
                product_id: line.product_id,
                title: product.title.clone(),
                variant_title: variant.title.clone(),
                unit_price: variant.price,
                quantity: line.quantity,
            });
        } else {
            gone.push(Shortage { sku: line.sku.clone(), requested: line.quantity.get(), available: 0 });
        }
    }
    if gone.is_empty() { Ok(lines) } else { Err(out_of_stock(&gone)) }
}

async fn commit(
    database: &Database,
    order: &Order,
    access: &AccessRecord,
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
        .add_event(order.id(), OrderEventType::OrderPlaced, order.created_at(), request_id)?
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

/// Answers with the order as it is stored, so that a first answer and a repeated one are the same.
async fn answer(
    database: &Database,
    order_id: OrderId,
    client_key: &str,
) -> Result<(StatusCode, Json<PlacedOrder>), Problem> {
    let page = database.order_page(order_id).await.map_err(Problem::internal)?;
    let page = page.ok_or_else(|| Problem::not_found("order"))?;
    let access_token = access::token(&page.access.salt, client_key);
    Ok((StatusCode::CREATED, Json(PlacedOrder { order: OrderDto::of_page(page)?, access_token })))
}
