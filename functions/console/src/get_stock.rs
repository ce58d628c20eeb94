//! `GET /api/console/stock/{sku}`: the stock of a SKU.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::stock::{self, StockItem, path_sku};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_stock)))
}

#[utoipa::path(
    get,
    path = "/api/console/stock/{sku}",
    tag = "console: stock",
    params(("sku" = String, Path, description = "The SKU")),
    responses(
        (status = 200, description = "Its stock, as of now", body = StockItem),
        (status = 400, description = "The SKU is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such SKU", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_stock(
    State(database): State<Database>,
    Path(sku): Path<String>,
) -> Result<Json<StockItem>, Problem> {
    Ok(Json(stock::item(&database, &path_sku(&sku)?).await?))
}
