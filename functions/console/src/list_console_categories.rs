//! `GET /api/console/categories`: all categories.

use axum::Json;
use axum::extract::State;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::category::ConsoleCategory;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_console_categories)))
}

#[utoipa::path(
    get,
    path = "/api/console/categories",
    tag = "console: categories",
    responses((status = 200, description = "All categories on one page, each before those that stand in it", body = Page<ConsoleCategory>))
)]
async fn list_console_categories(
    State(database): State<Database>,
) -> Result<Json<Page<ConsoleCategory>>, Problem> {
    let categories = database.categories().await.map_err(Problem::internal)?;
    let items = categories.tree.in_order().into_iter().map(|node| ConsoleCategory::of(&categories, node));
    Ok(Json(Page { items: items.collect(), next_cursor: None }))
}
