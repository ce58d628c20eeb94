//! `DELETE /api/console/partner-keys/{id}`: a key is good no longer.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{Group, PartnerKeyId};
use jiff::Timestamp;
use store::audit::{AuditEntry, AuditSubject};
use store::{CommitError, Database};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(revoke_partner_key)))
}

#[utoipa::path(
    delete,
    path = "/api/console/partner-keys/{id}",
    tag = "partners",
    params(("id" = String, Path, description = "The key's id")),
    responses(
        (status = 204, description = "It is revoked, from now on or since before"),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such key", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn revoke_partner_key(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = PartnerKeyId::parse(&id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let found = database.partner_key(id).await.map_err(Problem::internal)?;
    let before = found.ok_or_else(|| Problem::not_found("partner key"))?.key;
    if before.value.revoked_at.is_some() {
        return Ok(StatusCode::NO_CONTENT);
    }
    let mut after = before.clone();
    after.value.revoked_at = Some(Timestamp::now());
    let subject = AuditSubject::new("partnerKey", id, before.value.name.as_str());
    let (actor, from, to) = (actor(&person), Some(&before.value), Some(&after.value));
    let entry = AuditEntry::of(&actor, "partnerKey.revoked", subject, from, to).map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_partner_key(&after)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    match transaction.commit().await {
        // Nothing but a revocation changes a key: somebody else was faster.
        Ok(()) | Err(CommitError::Refused(_)) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(Problem::internal(error)),
    }
}
