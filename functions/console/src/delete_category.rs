//! `DELETE /api/console/categories/{slug}`: deletes an empty category.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::catalog_desk::path_slug;
use crate::category;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(delete_category)))
}

#[utoipa::path(
    delete,
    path = "/api/console/categories/{slug}",
    tag = "console: categories",
    params(("slug" = String, Path, description = "The category's slug")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 400, description = "The slug is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such category", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Products, of whatever status, or categories stand in it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_category(
    State(database): State<Database>,
    Path(slug): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let slug = path_slug(&slug)?;
    match database.delete_category(&slug, &actor(&person)).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(category::refused(&database, &slug, error).await),
    }
}
