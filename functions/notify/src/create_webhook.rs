//! `POST /api/console/webhooks`: a new webhook, and the secret that its calls are signed with, shown this once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use courier::SigningSecrets;
use domain::{Group, Webhook, WebhookId};
use jiff::Timestamp;
use orders::settlement::key_reused;
use secrets::SecretName;
use serde::Serialize;
use store::idempotency;
use store::merchant_webhooks::{MAX_WEBHOOKS, audit};
use store::{CommitError, Database};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, guarded, tagged};

use crate::actor;
use crate::desk::{Teller, load};
use crate::webhook::{WebhookDto, WebhookInput};

/// A new webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewWebhook {
    /// The webhook.
    #[serde(flatten)]
    webhook: WebhookDto,
    /// What calls are signed with. Nobody can show it again; null where the request was a repeated one.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Teller> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(create_webhook)))
}

#[utoipa::path(
    post,
    path = "/api/console/webhooks",
    tag = "webhooks",
    params(("Idempotency-Key" = String, Header, description = "New for each webhook; the same again for a repeated request")),
    request_body = WebhookInput,
    responses(
        (status = 201, description = "The webhook, which is told from now on, and its secret, shown this once. A repeated request gets the same webhook, as it is now", body = NewWebhook),
        (status = 400, description = "The header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There are as many webhooks as there can be", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_webhook(
    State(Teller { database, courier }): State<Teller>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    person: Person,
    Body(input): Body<WebhookInput>,
) -> Result<Response, Problem> {
    let id = WebhookId::from_ulid(idempotency::id("create-webhook", &person.id, &key));
    let wanted = input.parse(&courier.http)?;
    let others = database.merchant_webhooks().await.map_err(Problem::internal)?;
    if others.iter().filter(|used| used.webhook.value.id != id).count() >= MAX_WEBHOOKS {
        return Err(too_many());
    }
    match create(&database, &wanted.clone().made(id, &person, Timestamp::now()), &person).await {
        Ok(()) => tracing::info!(webhook_id = %id, "webhook made"),
        // The key was used before.
        Err(CommitError::Refused(_)) => {}
        Err(CommitError::Store(error)) => return Err(Problem::internal(error)),
    }
    let used = load(&database, id).await?;
    if !wanted.is(&used.webhook.value) {
        return Err(key_reused());
    }
    // After the webhook: where this stops in between, the secret is made and shown when the request is repeated.
    let fresh = SigningSecrets::generate();
    let name = SecretName::MerchantWebhook(id);
    let made = courier.secrets.create(&name, &fresh.stored()).await.map_err(Problem::internal)?;
    let version = used.webhook.version;
    let secret = made.then(|| fresh.current().expose().to_owned());
    let created = NewWebhook { webhook: used.into(), secret };
    Ok(tagged(version, (StatusCode::CREATED, Json(created)).into_response()))
}

async fn create(database: &Database, webhook: &Webhook, person: &Person) -> Result<(), CommitError> {
    let entry = audit(&actor(person), "webhook.created", None, Some(webhook))?;
    let mut transaction = database.transaction();
    transaction.create_merchant_webhook(webhook)?.audit(&entry)?;
    transaction.commit().await
}

fn too_many() -> Problem {
    let detail = format!("a shop has at most {MAX_WEBHOOKS} webhooks: delete one that nobody needs any more");
    Problem::new(StatusCode::CONFLICT, "too-many-webhooks", "There are too many webhooks", detail)
}
