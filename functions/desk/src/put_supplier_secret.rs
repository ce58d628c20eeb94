//! `PUT /api/console/fulfilment/suppliers/{id}/secrets/{name}`: sets a secret, which nobody reads again but functions.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use suppliers::Secret;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded};

use crate::actor;
use crate::supplier::{self, path_supplier};
use crate::supplier_secret::{self, SecretDesk, path_secret};

/// A secret to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutSupplierSecret {
    /// The secret: one line of at most 4,096 bytes, without spaces around it.
    #[schema(value_type = String, format = Password)]
    value: Secret,
}

/// A secret that is set.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretUpdated {
    /// When it was set.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SecretDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(put_supplier_secret)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/suppliers/{id}/secrets/{name}",
    tag = "fulfilment: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("name" = String, Path, description = "`credential`: shows the supplier who we are; `webhook`: the supplier signs with it"),
    ),
    request_body = PutSupplierSecret,
    responses(
        (status = 200, description = "It is set; calls use it within a minute", body = SecretUpdated),
        (status = 400, description = "The id or the name is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The secret is none", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_supplier_secret(
    State(SecretDesk { database, secrets }): State<SecretDesk>,
    Path((id, name)): Path<(String, String)>,
    person: Person,
    Body(body): Body<PutSupplierSecret>,
) -> Result<Json<SecretUpdated>, Problem> {
    let id = path_supplier(&id)?;
    let (name, purpose) = path_secret(id, &name)?;
    let stored = supplier::load(&database, id).await?;
    let updated_at = secrets.put(&name, &body.value).await.map_err(supplier_secret::unwritten)?;
    let noted = database.note_secret(&stored, purpose, Some(updated_at), &actor(&person)).await;
    noted.map_err(supplier_secret::unnoted)?;
    Ok(Json(SecretUpdated { updated_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let body: PutSupplierSecret = serde_json::from_str(r#"{"value": "hush"}"#).unwrap();
        assert!(!format!("{body:?}").contains("hush"));
    }
}
