//! `GET /api/console/stock`: the stock of all SKUs, of those that run low, or of one.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, ProductId, Sku};
use serde::{Deserialize, Serialize};
use store::Database;
use store::catalog::{DeskFilter, ListingPosition};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::stock::{self, StockItem};

/// Which stock is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StockQuery {
    /// `true` for what runs low only.
    #[param(value_type = Option<bool>)]
    low: Option<String>,
    /// This SKU only.
    #[param(example = "HT-CLAW-16")]
    sku: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many SKUs: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A place in the list of all SKUs: behind so many variants of the product that follows this one.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Position {
    after: Option<ListingPosition>,
    skip: usize,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_stock)))
}

#[utoipa::path(
    get,
    path = "/api/console/stock",
    tag = "console: stock",
    params(StockQuery),
    responses(
        (status = 200, description = "A page: by the products' titles, or, of what runs low, by SKU", body = Page<StockItem>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_stock(
    State(database): State<Database>,
    query: Result<Query<StockQuery>, QueryRejection>,
) -> Result<Json<Page<StockItem>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let low = match query.low.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::bad_parameter("/query/low", "must be `true` or `false`")),
    };
    if let Some(sku) = &query.sku {
        let sku = Sku::parse(sku).map_err(|error| Problem::bad_parameter("/query/sku", error))?;
        return one(&database, &sku, low).await;
    }
    let (skus, next_cursor) = if low {
        let after = query.cursor.as_deref().map(page::position).transpose()?;
        let found = database.low_stock(after, limit).await.map_err(Problem::internal)?;
        let skus = found.entries.into_iter().map(|low| (low.product, low.sku)).collect();
        (skus, found.next.as_ref().map(page::cursor).transpose()?)
    } else {
        let position = query.cursor.as_deref().map(page::position).transpose()?.unwrap_or_default();
        let (skus, next) = all(&database, position, usize::try_from(limit).unwrap_or(1)).await?;
        (skus, next.as_ref().map(page::cursor).transpose()?)
    };
    let wanted = skus.iter().map(|(product, sku)| (*product, sku));
    let products = database.products(wanted).await.map_err(Problem::internal)?;
    let items = skus.iter().filter_map(|(product, sku)| StockItem::of(products.get(product)?, sku)).collect();
    Ok(Json(Page { items, next_cursor }))
}

async fn one(database: &Database, sku: &Sku, low: bool) -> Result<Json<Page<StockItem>>, Problem> {
    let item = match stock::item(database, sku).await {
        Ok(item) => Some(item).filter(|item| item.is_low() || !low),
        Err(problem) if problem.status() == axum::http::StatusCode::NOT_FOUND => None,
        Err(problem) => return Err(problem),
    };
    Ok(Json(Page { items: item.into_iter().collect(), next_cursor: None }))
}

/// The SKUs of a page, and where the next one begins.
async fn all(
    database: &Database,
    mut position: Position,
    limit: usize,
) -> Result<(Vec<(ProductId, Sku)>, Option<Position>), Problem> {
    let filter = DeskFilter::default();
    // Each product has a variant at least, so no more products than SKUs are needed; one may be skipped in part.
    let found =
        database.desk(&filter, position.after.as_ref(), limit + 1).await.map_err(Problem::internal)?;
    let more = found.next.is_some();
    let mut skus = Vec::new();
    for entry in found.entries {
        let entry = entry.value;
        let left = limit - skus.len();
        let wanted = entry.skus.iter().skip(position.skip).take(left).map(|sku| (entry.id, sku.clone()));
        let taken = wanted.len();
        skus.extend(wanted);
        if position.skip + taken < entry.skus.len() {
            return Ok((skus, Some(Position { skip: position.skip + taken, ..position })));
        }
        let sort = entry.sort_key();
        position = Position { after: Some(ListingPosition { sort, id: entry.id }), skip: 0 };
    }
    Ok((skus, more.then_some(position)))
}
