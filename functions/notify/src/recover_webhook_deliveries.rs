//! `POST /api/console/webhooks/{id}/recovery`: has all told anew that nobody took since some time.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{AuditEntry, AuditSubject};
use store::merchant_webhooks::{DeliveryState, Stretch};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Person, Problem, RequestId, guarded};

use crate::actor;
use crate::desk::{Sender, load, path_webhook};
use crate::message::WebhookMessage;
use crate::replay_webhook_delivery::paused;

/// How many deliveries are counted; all are told anew.
const MAX_COUNTED: u64 = 1_000;

/// What is to be told anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoverWebhook {
    /// What happened at this time or later.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// What is told anew.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookRecovery {
    /// How many deliveries that are.
    deliveries: u64,
    /// Whether there are more than were counted; all are told anew.
    more: bool,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Sender> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(recover_webhook_deliveries)))
}

#[utoipa::path(
    post,
    path = "/api/console/webhooks/{id}/recovery",
    tag = "webhooks",
    params(("id" = String, Path, description = "The webhook's id")),
    request_body = RecoverWebhook,
    responses(
        (status = 202, description = "What failed and what was held since then is told anew, the oldest first. A repeated request tells nothing twice that was taken", body = WebhookRecovery),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The webhook is paused", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The time is none, or to come", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn recover_webhook_deliveries(
    State(Sender { database, queue }): State<Sender>,
    Path(id): Path<String>,
    RequestId(request_id): RequestId,
    person: Person,
    Body(RecoverWebhook { since }): Body<RecoverWebhook>,
) -> Result<(StatusCode, Json<WebhookRecovery>), Problem> {
    let id = path_webhook(&id)?;
    let until = Timestamp::now();
    if since > until {
        return Err(Problem::invalid(vec![FieldProblem::new("/since", "must not be to come")]));
    }
    let webhook = load(&database, id).await?.webhook.value;
    if !webhook.is_active() {
        return Err(paused());
    }
    let stretch = Stretch::since(since).until(until);
    let mut counted = 0;
    for state in DeliveryState::LOST {
        let most = MAX_COUNTED + 1 - counted;
        counted += database.count_deliveries(id, state, stretch, most).await.map_err(Problem::internal)?;
        if counted > MAX_COUNTED {
            break;
        }
    }
    let subject = AuditSubject::new("webhook", id, webhook.title());
    let told = serde_json::json!({ "since": since });
    let entry = AuditEntry::of(&actor(&person), "webhook.recovered", subject, None, Some(&told));
    let mut transaction = database.transaction();
    transaction.audit(&entry.map_err(Problem::internal)?).map_err(Problem::internal)?;
    transaction.commit().await.map_err(Problem::internal)?;
    let message = |state| WebhookMessage::Recover {
        webhook_id: id,
        state,
        since,
        until,
        behind: None,
        request_id: request_id.clone(),
        trace_id: telemetry::trace::current(),
    };
    queue.send(&DeliveryState::LOST.map(message)).await.map_err(Problem::internal)?;
    Ok((StatusCode::ACCEPTED, Json(recovery(counted))))
}

fn recovery(counted: u64) -> WebhookRecovery {
    WebhookRecovery { deliveries: counted.min(MAX_COUNTED), more: counted > MAX_COUNTED }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_not_counted_to_the_last() {
        assert_eq!(recovery(0), WebhookRecovery { deliveries: 0, more: false });
        assert_eq!(recovery(MAX_COUNTED), WebhookRecovery { deliveries: 1_000, more: false });
        assert_eq!(recovery(MAX_COUNTED + 1), WebhookRecovery { deliveries: 1_000, more: true });
    }
}
