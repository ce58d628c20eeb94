//! `POST /api/me/orders`: turns a cart into an order of whoever is signed in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::Buyer;
use orders::dto::{AddressDto, OrderDto};
use orders::place::{Placement, Shop, place};
use serde::{Deserialize, Serialize};
use store::idempotency::IdempotencyKey;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use crate::account;

/// What is bought and where it goes. Prices, totals and the e-mail address are not the client's business.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceMyOrder {
    /// The cart, which is gone once the order is placed.
    #[schema(example = "crt_01JD0000000000000000000000")]
    cart_id: String,
    /// Where the goods go.
    shipping_address: AddressDto,
    /// Who shall move the money: `sandbox`.
    #[schema(example = "sandbox")]
    payment_provider: String,
}

/// A placed order. It has no token: its customer's sign-in shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyPlacedOrder {
    /// The order.
    order: OrderDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Shop> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(place_my_order)))
}

#[utoipa::path(
    post,
    path = "/api/me/orders",
    tag = "me",
    params(("Idempotency-Key" = String, Header, description = "New for each order; the same again for a repeated request")),
    request_body = PlaceMyOrder,
    responses(
        (status = 201, description = "The order; a repeated request gets the same one", body = MyPlacedOrder),
        (status = 400, description = "A header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The e-mail address is not verified, or the account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such cart", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Too little stock; `errors` names each SKU and what is left", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn place_my_order(
    State(shop): State<Shop>,
    person: Person,
    RequestId(request_id): RequestId,
    IdempotencyKeyHeader(client_key): IdempotencyKeyHeader,
    Body(body): Body<PlaceMyOrder>,
) -> Result<(StatusCode, Json<MyPlacedOrder>), Problem> {
    account::require_verified_email(&person)?;
    account::open(&shop.database, &person).await?;
    // Another customer's key is another key.
    let key = IdempotencyKey::new(format!("place-order#{}", person.id), &client_key, &body);
    let key = key.map_err(Problem::internal)?;
    let PlaceMyOrder { cart_id, shipping_address, payment_provider } = body;
    let buyer = (Buyer::Customer(person.id), person.email);
    let request =
        Placement::parse(Fields::default(), Some(buyer), &cart_id, shipping_address, &payment_provider)?;
    let page = place(&shop, &request, &key, &client_key, &request_id).await?;
    Ok((StatusCode::CREATED, Json(MyPlacedOrder { order: OrderDto::of_page(page)? })))
}
