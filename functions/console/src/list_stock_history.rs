//! `GET /api/console/stock/{sku}/history`: the adjustments of a SKU's stock.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::Group;
use serde::Deserialize;
use store::Database;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::stock::{StockAdjustment, path_sku};

/// Which part of the history is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many adjustments: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_stock_history)))
}

#[utoipa::path(
    get,
    path = "/api/console/stock/{sku}/history",
    tag = "console: stock",
    params(("sku" = String, Path, description = "The SKU"), HistoryQuery),
    responses(
        (status = 200, description = "A page, the latest first", body = Page<StockAdjustment>),
        (status = 400, description = "The SKU or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_stock_history(
    State(database): State<Database>,
    Path(sku): Path<String>,
    query: Result<Query<HistoryQuery>, QueryRejection>,
) -> Result<Json<Page<StockAdjustment>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let sku = path_sku(&sku)?;
    let limit = page::limit(query.limit.as_deref())?;
    let before = query.cursor.as_deref().map(page::position).transpose()?;
    let history = database.adjustments(&sku, before, limit).await.map_err(Problem::internal)?;
    let next_cursor = history.next.as_ref().map(page::cursor).transpose()?;
    Ok(Json(Page { items: history.entries.into_iter().map(Into::into).collect(), next_cursor }))
}
