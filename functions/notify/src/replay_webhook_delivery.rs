//! `POST /api/console/webhooks/{id}/deliveries/{deliveryId}/replay`: has something told anew.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use store::audit::{AuditEntry, AuditSubject};
use ulid::Ulid;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::desk::{Sender, load, load_delivery, path_delivery, path_webhook};
use crate::message::{Again, WebhookMessage};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Sender> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(replay_webhook_delivery)))
}

#[utoipa::path(
    post,
    path = "/api/console/webhooks/{id}/deliveries/{deliveryId}/replay",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The webhook's id"),
        ("deliveryId" = String, Path, description = "The delivery's id"),
    ),
    responses(
        (status = 202, description = "It is told anew within moments, under the same `webhook-id`, and for three days"),
        (status = 400, description = "An id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such delivery, or not any more", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The webhook is paused", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn replay_webhook_delivery(
    State(Sender { database, queue }): State<Sender>,
    Path((id, delivery_id)): Path<(String, String)>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let (id, delivery_id) = (path_webhook(&id)?, path_delivery(&delivery_id)?);
    let webhook = load(&database, id).await?.webhook.value;
    let delivery = load_delivery(&database, id, delivery_id).await?;
    if !webhook.is_active() {
        return Err(paused());
    }
    let subject = AuditSubject::new("webhook", id, webhook.title());
    let told = serde_json::json!({ "delivery": delivery_id, "type": delivery.happening.event });
    let entry = AuditEntry::of(&actor(&person), "webhook.replayed", subject, None, Some(&told));
    let mut transaction = database.transaction();
    transaction.audit(&entry.map_err(Problem::internal)?).map_err(Problem::internal)?;
    transaction.commit().await.map_err(Problem::internal)?;
    // The delivery begins anew when the message comes: a message that is not sent leaves nothing that waits for it.
    let message = WebhookMessage::deliver(&delivery, Ulid::generate().to_string(), Some(Again::Any));
    queue.send(&[message]).await.map_err(Problem::internal)?;
    Ok(StatusCode::ACCEPTED)
}

/// What somebody hears who has something told to a webhook that is told nothing.
pub(crate) fn paused() -> Problem {
    let detail = "the webhook is paused: let it run again first";
    Problem::new(StatusCode::CONFLICT, "webhook-paused", "The webhook is paused", detail)
}
