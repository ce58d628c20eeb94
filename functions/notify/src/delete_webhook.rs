//! `DELETE /api/console/webhooks/{id}`: deletes a webhook, which is told nothing any more.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use secrets::SecretName;
use store::CommitError;
use store::merchant_webhooks::audit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, IfMatch, Person, Problem, guarded};

use crate::actor;
use crate::desk::{WebhookDesk, load, path_webhook};
use crate::webhook::WebhookDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<WebhookDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(delete_webhook)))
}

#[utoipa::path(
    delete,
    path = "/api/console/webhooks/{id}",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The webhook's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the webhook that was looked at"),
    ),
    responses(
        (status = 204, description = "It is gone, and its secret; what it was told is forgotten within thirty days"),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_webhook(
    State(WebhookDesk { database, secrets }): State<WebhookDesk>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = path_webhook(&id)?;
    let name = SecretName::MerchantWebhook(id);
    let Some(used) = database.merchant_webhook(id).await.map_err(Problem::internal)? else {
        // Whoever deleted it may have stopped halfway.
        secrets.delete(&name).await.map_err(Problem::internal)?;
        return Err(Problem::not_found("webhook"));
    };
    if used.webhook.version != version {
        return Err(Problem::outdated(&WebhookDto::from(used)));
    }
    let entry = audit(&actor(&person), "webhook.deleted", Some(&used.webhook.value), None);
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .delete_merchant_webhook(id, version)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    match transaction.commit().await {
        Ok(()) => {}
        Err(CommitError::Refused(_)) => {
            return Err(Problem::outdated(&WebhookDto::from(load(&database, id).await?)));
        }
        Err(CommitError::Store(error)) => return Err(Problem::internal(error)),
    }
    // After the webhook: one that is there can always be signed for.
    secrets.delete(&name).await.map_err(Problem::internal)?;
    tracing::info!(webhook_id = %id, "webhook deleted");
    Ok(StatusCode::NO_CONTENT)
}
