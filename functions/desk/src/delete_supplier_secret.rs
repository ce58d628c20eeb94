//! `DELETE /api/console/fulfilment/suppliers/{id}/secrets/{name}`: forgets a secret.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::supplier::{self, path_supplier};
use crate::supplier_secret::{self, SecretDesk, path_secret};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SecretDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(delete_supplier_secret)))
}

#[utoipa::path(
    delete,
    path = "/api/console/fulfilment/suppliers/{id}/secrets/{name}",
    tag = "fulfilment: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("name" = String, Path, description = "`credential` or `webhook`"),
    ),
    responses(
        (status = 204, description = "It is gone; calls are without it within a minute"),
        (status = 400, description = "The id or the name is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_supplier_secret(
    State(SecretDesk { database, secrets }): State<SecretDesk>,
    Path((id, name)): Path<(String, String)>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = path_supplier(&id)?;
    let (name, purpose) = path_secret(id, &name)?;
    let stored = supplier::load(&database, id).await?;
    secrets.delete(&name).await.map_err(supplier_secret::unwritten)?;
    let noted = database.note_secret(&stored, purpose, None, &actor(&person)).await;
    noted.map_err(supplier_secret::unnoted)?;
    Ok(StatusCode::NO_CONTENT)
}
