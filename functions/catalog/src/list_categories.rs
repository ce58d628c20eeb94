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
    /// The category that it stands in; null at the top.
    #[schema(value_type = Option<String>, example = "tools-and-hardware")]
    parent: Option<Slug>,
    /// Its place among its siblings; the list is in this order already.
    position: u32,
    /// What stands at the top of its page.
    description: Option<String>,
    /// How many products stand in it or in one below it; it may lag by seconds.
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
    responses((status = 200, description = "All categories that have products, each before those that stand in it, on one page", body = Page<ListedCategory>))
)]
async fn list_categories(State(database): State<Database>) -> Result<Response, Problem> {
    let categories = database.categories().await.map_err(Problem::internal)?;
    let items = categories.tree.in_order().into_iter().map(|node| ListedCategory {
        slug: node.slug.clone(),
        title: node.title.clone(),
        parent: node.parent.clone(),
        position: node.position,
        description: node.description.clone(),
        product_count: categories.mark(&node.slug).products,
    });
    let items = items.filter(|category| category.product_count > 0);
    Ok(cached(CATEGORIES_SECONDS, Json(Page { items: items.collect(), next_cursor: None })))
}
