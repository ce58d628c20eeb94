//! `GET /api/categories`: all categories that have products.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::Slug;
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Page, Problem, cached};

use crate::CATEGORIES_SECONDS;

/// A category in the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedCategory {
    /// The category's address.
    #[schema(value_type = String, example = "hand-tools")]
    slug: Slug,
    /// The category's name.
    title: String,
    /// How many products stand in it; it may lag by seconds.
    product_count: u64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(list_categories))
}

#[utoipa::path(
    get,
    path = "/api/categories",
    tag = "catalogue",
    responses((status = 200, description = "All categories that have products, on one page", body = Page<ListedCategory>))
)]
async fn list_categories(State(database): State<Database>) -> Result<Response, Problem> {
    let categories = database.categories().await.map_err(Problem::internal)?;
    let items = categories.into_iter().map(|(category, product_count)| ListedCategory {
        slug: category.slug,
        title: category.title,
        product_count,
    });
    Ok(cached(CATEGORIES_SECONDS, Json(Page { items: items.collect(), next_cursor: None })))
}
