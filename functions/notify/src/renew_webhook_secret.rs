//! `POST /api/console/webhooks/{id}/secret`: a new secret; the one before it signs too for a day.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use courier::SigningSecrets;
use courier::signing::OVERLAP;
use domain::{Group, Webhook};
use jiff::Timestamp;
use secrets::SecretName;
use serde::Serialize;
use store::Versioned;
use store::merchant_webhooks::audit;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::desk::{WebhookDesk, commit, load, path_webhook};

/// A new secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewWebhookSecret {
    /// What calls are signed with within a minute. Nobody can show it again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
    /// How long they are signed with the former one too, where there was one: a webhook whose making was cut short has none.
    #[schema(value_type = String, format = DateTime)]
    previous_secret_until: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<WebhookDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(renew_webhook_secret)))
}

#[utoipa::path(
    post,
    path = "/api/console/webhooks/{id}/secret",
    tag = "webhooks",
    params(("id" = String, Path, description = "The webhook's id")),
    responses(
        (status = 201, description = "The secret, shown this once", body = NewWebhookSecret),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it at this moment; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn renew_webhook_secret(
    State(WebhookDesk { database, secrets }): State<WebhookDesk>,
    Path(id): Path<String>,
    person: Person,
) -> Result<(StatusCode, Json<NewWebhookSecret>), Problem> {
    let id = path_webhook(&id)?;
    let before = load(&database, id).await?.webhook;
    let name = SecretName::MerchantWebhook(id);
    // As it is now, past what is remembered of it: a secret that was just made must go on signing.
    let stored = secrets.read(&name).await.map_err(Problem::internal)?;
    let now = Timestamp::now();
    let renewed = match stored {
        Some(stored) => SigningSecrets::parse(&stored).map_err(Problem::internal)?.renewed(now),
        None => SigningSecrets::generate(),
    };
    let previous_secret_until = now + OVERLAP;
    let after = Webhook {
        changed_at: now,
        previous_secret_until: Some(previous_secret_until),
        ..before.value.clone()
    };
    let entry = audit(&actor(&person), "webhook.secretRenewed", Some(&before.value), Some(&after));
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_merchant_webhook(&Versioned { value: after, version: before.version })
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    // Before the secret: of two who renew it at once, one is refused here and writes over nothing.
    commit(&database, id, &mut transaction).await?;
    secrets.put(&name, &renewed.stored()).await.map_err(Problem::internal)?;
    let secret = renewed.current().expose().to_owned();
    Ok((StatusCode::CREATED, Json(NewWebhookSecret { secret, previous_secret_until })))
}
