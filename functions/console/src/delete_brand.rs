//! `DELETE /api/console/brands/{slug}`: deletes a brand that no product carries.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::brand;
use crate::catalog_desk::path_slug;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(delete_brand)))
}

#[utoipa::path(
    delete,
    path = "/api/console/brands/{slug}",
    tag = "console: brands",
    params(("slug" = String, Path, description = "The brand's slug")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 400, description = "The slug is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such brand", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Products, of whatever status, carry it", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody is changing it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_brand(
    State(database): State<Database>,
    Path(slug): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let slug = path_slug(&slug)?;
    let found = brand::load(&database, &slug).await?;
    match database.delete_brand(&found, &actor(&person)).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(brand::refused(&database, &slug, error).await),
    }
}
