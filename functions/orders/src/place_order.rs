//! `POST /api/orders`: turns a guest's cart into an order.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Buyer, CustomerEmail};
use serde::{Deserialize, Serialize};
use store::idempotency::IdempotencyKey;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Body, Fields, IdempotencyKeyHeader, Problem, RequestId};

use crate::access;
use crate::dto::{AddressDto, OrderDto};
use crate::place::{Placement, Shop, place};

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
    let PlaceOrder { cart_id, email, shipping_address, payment_provider } = body;
    let mut fields = Fields::default();
    let guest = fields.parsed("/email", CustomerEmail::parse(&email)).map(|email| (Buyer::Guest, email));
    let request = Placement::parse(fields, guest, &cart_id, shipping_address, &payment_provider)?;
    let page = place(&shop, &request, &key, &client_key, &request_id).await?;
    // An order that a customer has claimed since has no token any more.
    let access = page.access.as_ref().ok_or_else(|| Problem::not_found("order"))?;
    let access_token = access::token(&access.salt, &client_key);
    Ok((StatusCode::CREATED, Json(PlacedOrder { order: OrderDto::of_page(page)?, access_token })))
}
