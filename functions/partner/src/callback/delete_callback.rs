//! `DELETE /api/partner/callback`: the partner wants to be told of nothing any more.

use axum::extract::State;
use axum::http::StatusCode;
use domain::PartnerScope;
use secrets::SecretName;
use store::CommitError;
use store::callbacks::audit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Problem, guarded};

use super::courier::CallbackDesk;
use super::{actor, changed_meanwhile};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<CallbackDesk> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(delete_partner_callback)),
    )
}

#[utoipa::path(
    delete,
    path = "/api/partner/callback",
    tag = "partners",
    responses(
        (status = 204, description = "Nothing is told any more, and the secret is forgotten"),
        (status = 409, description = "Somebody else changed it at this moment", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_partner_callback(
    State(CallbackDesk { database, secrets }): State<CallbackDesk>,
    Caller(partner): Caller,
) -> Result<StatusCode, Problem> {
    let id = partner.partner_id;
    // First the secret: a callback without one gets a new one when it is set, one that is gone would keep the old.
    secrets.delete(&SecretName::PartnerCallback(id)).await.map_err(Problem::internal)?;
    let Some(used) = database.callback(id).await.map_err(Problem::internal)? else {
        return Ok(StatusCode::NO_CONTENT);
    };
    let before = used.callback;
    let name = partner.name.as_str();
    let entry = audit(&actor(&partner), "partnerCallback.deleted", id, name, Some(&before.value), None);
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .delete_callback(id, &before)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    match transaction.commit().await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(CommitError::Refused(_)) => Err(changed_meanwhile()),
        Err(error) => Err(Problem::internal(error)),
    }
}
