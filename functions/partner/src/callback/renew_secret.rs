//! `POST /api/partner/callback/secret`: a new secret; the one before it signs too for a day.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use courier::SigningSecrets;
use courier::signing::OVERLAP;
use domain::PartnerScope;
use jiff::Timestamp;
use secrets::SecretName;
use serde::Serialize;
use store::CommitError;
use store::callbacks::audit;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Problem, guarded};

use super::courier::CallbackDesk;
use super::{actor, changed_meanwhile, load};

/// A new secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewCallbackSecret {
    /// What calls are signed with within a minute. Nobody can show it again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
    /// How long they are signed with the former one too.
    #[schema(value_type = String, format = DateTime)]
    previous_secret_until: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<CallbackDesk> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(renew_partner_callback_secret)),
    )
}

#[utoipa::path(
    post,
    path = "/api/partner/callback/secret",
    tag = "partners",
    responses(
        (status = 201, description = "The secret, shown this once", body = NewCallbackSecret),
        (status = 404, description = "No callback is set", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else changed it at this moment", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn renew_partner_callback_secret(
    State(CallbackDesk { database, secrets }): State<CallbackDesk>,
    Caller(partner): Caller,
) -> Result<(StatusCode, Json<NewCallbackSecret>), Problem> {
    let before = load(&database, &partner).await?.callback;
    let name = SecretName::PartnerCallback(partner.partner_id);
    // As it is now, past what is remembered of it: a secret that was just made must go on signing.
    let stored = secrets.read(&name).await.map_err(Problem::internal)?;
    let now = Timestamp::now();
    let renewed = match stored {
        Some(stored) => SigningSecrets::parse(&stored).map_err(Problem::internal)?.renewed(now),
        None => SigningSecrets::generate(),
    };
    let mut after = before.clone();
    let previous_secret_until = now + OVERLAP;
    after.value.changed_at = now;
    after.value.previous_secret_until = Some(previous_secret_until);
    let (id, title) = (partner.partner_id, partner.name.as_str());
    let (from, to) = (Some(&before.value), Some(&after.value));
    let entry = audit(&actor(&partner), "partnerCallback.secretRenewed", id, title, from, to);
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_callback(id, &after)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    // Before the secret: of two who renew it at once, one is refused here and writes over nothing.
    match transaction.commit().await {
        Ok(()) => {}
        Err(CommitError::Refused(_)) => return Err(changed_meanwhile()),
        Err(error) => return Err(Problem::internal(error)),
    }
    secrets.put(&name, &renewed.stored()).await.map_err(Problem::internal)?;
    let secret = renewed.current().expose().to_owned();
    Ok((StatusCode::CREATED, Json(NewCallbackSecret { secret, previous_secret_until })))
}
