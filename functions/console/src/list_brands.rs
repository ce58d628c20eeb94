//! `GET /api/console/brands`: all brands.

use axum::Json;
use axum::extract::State;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::brand::ConsoleBrand;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_brands)))
}

#[utoipa::path(
    get,
    path = "/api/console/brands",
    tag = "console: brands",
    responses((status = 200, description = "All brands on one page, by their slugs", body = Page<ConsoleBrand>))
)]
async fn list_brands(State(database): State<Database>) -> Result<Json<Page<ConsoleBrand>>, Problem> {
    let brands = database.brands().await.map_err(Problem::internal)?;
    Ok(Json(Page { items: brands.into_values().map(Into::into).collect(), next_cursor: None }))
}
