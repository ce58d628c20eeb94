//! `DELETE /api/carts/{id}/items/{sku}`: takes a SKU out of a cart.

use axum::Json;
use axum::extract::{Path, State};
use domain::Currency;
use jiff::Timestamp;
use store::Database;
use store::carts::SaveOutcome;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Problem;

use crate::dto::CartDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    OpenApiRouter::new().routes(routes!(delete_cart_item))
}

#[utoipa::path(
    delete,
    path = "/api/carts/{id}/items/{sku}",
    tag = "cart",
    params(
        ("id" = String, Path, description = "The cart's id"),
        ("sku" = String, Path, description = "What is no longer wanted; it need not be in the cart"),
    ),
    responses(
        (status = 200, description = "The cart", body = CartDto),
        (status = 400, description = "The id or the SKU is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such cart", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_cart_item(
    State((database, currency)): State<(Database, Currency)>,
    Path((id, sku)): Path<(String, String)>,
) -> Result<Json<CartDto>, Problem> {
    let sku = crate::parse_sku(&sku)?;
    for _ in 0..crate::MAX_TRIES {
        let mut cart = crate::load(&database, &id).await?;
        let gone = !cart.value.remove(&sku, Timestamp::now());
        if gone || database.save_cart(&mut cart).await.map_err(Problem::internal)? == SaveOutcome::Saved {
            return Ok(Json(CartDto::priced(&database, currency, &cart).await?));
        }
    }
    Err(Problem::conflict("the cart is being changed by others; try again").retry_after(1))
}
