//! `POST /api/carts`: a new, empty cart.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Cart, Currency};
use jiff::Timestamp;
use serde::Deserialize;
use store::Database;
use telemetry::Metric;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Body, Problem};

use crate::dto::CartDto;

/// An empty object: a cart begins with nothing in it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCart {}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    OpenApiRouter::new().routes(routes!(create_cart))
}

#[utoipa::path(
    post,
    path = "/api/carts",
    tag = "cart",
    request_body = CreateCart,
    responses(
        (status = 201, description = "The cart", body = CartDto),
        (status = 422, description = "The body is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_cart(
    State((database, currency)): State<(Database, Currency)>,
    Body(CreateCart {}): Body<CreateCart>,
) -> Result<(StatusCode, Json<CartDto>), Problem> {
    let cart = database.create_cart(Cart::new(Timestamp::now())).await.map_err(Problem::internal)?;
    telemetry::count(Metric::CartsCreated, 1);
    Ok((StatusCode::CREATED, Json(CartDto::priced(&database, currency, &cart).await?)))
}
