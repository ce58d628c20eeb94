//! `PUT /api/console/webhooks/{id}`: changes where a webhook is told, of what, and what it is called.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use jiff::Timestamp;
use store::Versioned;
use store::merchant_webhooks::audit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded};

use crate::actor;
use crate::desk::{Teller, commit, load_version, path_webhook, shown};
use crate::webhook::{WebhookDto, WebhookInput};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Teller> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(update_webhook)))
}

#[utoipa::path(
    put,
    path = "/api/console/webhooks/{id}",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The webhook's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the webhook that was looked at"),
    ),
    request_body = WebhookInput,
    responses(
        (status = 200, description = "The webhook, as it is now. What waits to be told goes to the new address", body = WebhookDto),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_webhook(
    State(Teller { database, courier }): State<Teller>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<WebhookInput>,
) -> Result<Response, Problem> {
    let id = path_webhook(&id)?;
    let wanted = input.parse(&courier.http)?;
    let used = load_version(&database, id, version).await?;
    let before = &used.webhook.value;
    if wanted.is(before) {
        return Ok(shown(used));
    }
    let after = wanted.applied(before, Timestamp::now());
    let entry = audit(&actor(&person), "webhook.updated", Some(before), Some(&after));
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_merchant_webhook(&Versioned { value: after, version })
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    Ok(shown(commit(&database, id, &mut transaction).await?))
}
