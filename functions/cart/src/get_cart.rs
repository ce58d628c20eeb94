//! `GET /api/carts/{id}`: a cart, with prices and availability as of now.

use axum::Json;
use axum::extract::{Path, State};
use domain::Currency;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Problem;

use crate::dto::CartDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    OpenApiRouter::new().routes(routes!(get_cart))
}

#[utoipa::path(
    get,
    path = "/api/carts/{id}",
    tag = "cart",
    params(("id" = String, Path, description = "The cart's id")),
    responses(
        (status = 200, description = "The cart", body = CartDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such cart", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_cart(
    State((database, currency)): State<(Database, Currency)>,
    Path(id): Path<String>,
) -> Result<Json<CartDto>, Problem> {
    let cart = crate::load(&database, &id).await?;
    Ok(Json(CartDto::priced(&database, currency, &cart).await?))
}
