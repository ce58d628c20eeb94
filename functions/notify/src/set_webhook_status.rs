//! `PUT /api/console/webhooks/{id}/status`: pauses a webhook, or tells it again.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::webhook::Pause;
use domain::{Group, PauseReason, Webhook};
use jiff::Timestamp;
use serde::Deserialize;
use store::merchant_webhooks::audit;
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, IfMatch, Person, Problem, guarded};

use crate::actor;
use crate::desk::{commit, load_version, path_webhook, shown};
use crate::webhook::WebhookDto;

/// Whether a webhook shall be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWebhookStatus {
    /// Whether it shall.
    status: WantedStatus,
    /// Why not, for those who wonder later: 1 to 500 characters; null where nothing is to be said.
    #[serde(default)]
    #[schema(example = "The ERP is being moved", max_length = 500)]
    note: Option<String>,
}

/// Whether a webhook shall be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WantedWebhookStatus)]
pub enum WantedStatus {
    /// It shall. What was held while it was paused is told when somebody asks for it.
    Active,
    /// It shall not; what happens meanwhile is held for thirty days.
    Paused,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(set_webhook_status)))
}

#[utoipa::path(
    put,
    path = "/api/console/webhooks/{id}/status",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The webhook's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the webhook that was looked at"),
    ),
    request_body = SetWebhookStatus,
    responses(
        (status = 200, description = "The webhook, as it is now", body = WebhookDto),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such status, or the note is too long", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn set_webhook_status(
    State(database): State<Database>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<SetWebhookStatus>,
) -> Result<Response, Problem> {
    let id = path_webhook(&id)?;
    let mut fields = Fields::default();
    let note = input.note.as_deref().map(Webhook::parse_note).transpose();
    let Some(note) = fields.parsed("/note", note) else { return Err(fields.into_problem()) };
    let used = load_version(&database, id, version).await?;
    let (before, now) = (&used.webhook.value, Timestamp::now());
    let (after, action) = match input.status {
        WantedStatus::Active => (before.resumed(now), "webhook.resumed"),
        WantedStatus::Paused => {
            let by = Some(person.email.clone());
            let pause = Pause { at: now, reason: PauseReason::ByHand, note, by };
            (before.paused(pause), "webhook.paused")
        }
    };
    if after == *before {
        return Ok(shown(used));
    }
    let entry = audit(&actor(&person), action, Some(before), Some(&after)).map_err(Problem::internal)?;
    let after = Versioned { value: after, version };
    let mut transaction = database.transaction();
    match input.status {
        WantedStatus::Active => transaction.resume_merchant_webhook(&after),
        WantedStatus::Paused => transaction.update_merchant_webhook(&after),
    }
    .and_then(|transaction| transaction.audit(&entry))
    .map_err(Problem::internal)?;
    Ok(shown(commit(&database, id, &mut transaction).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_two_statuses() {
        let parse = |status: &str| {
            serde_json::from_value::<SetWebhookStatus>(serde_json::json!({ "status": status }))
        };
        assert_eq!(parse("active").unwrap().status, WantedStatus::Active);
        assert_eq!(parse("paused").unwrap().status, WantedStatus::Paused);
        assert!(parse("dead").is_err());
    }
}
