//! `GET /api/console/products/{id}`: a product with all that can be edited, whatever its status.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use crate::catalog_desk::{load, product_id};
use crate::product::ConsoleProduct;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_console_product)))
}

#[utoipa::path(
    get,
    path = "/api/console/products/{id}",
    tag = "console: products",
    params(("id" = String, Path, description = "The product's id")),
    responses(
        (status = 200, description = "The product; its `ETag` is what an edit sends as `If-Match`", body = ConsoleProduct),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_console_product(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let product = load(&database, product_id(&id)?).await?;
    Ok(tagged(product.version, Json(ConsoleProduct::from(product))))
}
