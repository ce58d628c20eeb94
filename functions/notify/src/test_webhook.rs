//! `POST /api/console/webhooks/{id}/test`: calls a webhook, and says what came of it.

use axum::Json;
use axum::extract::{Path, State};
use courier::Parcel;
use domain::{EventId, Group};
use jiff::Timestamp;
use secrets::SecretName;
use serde::Serialize;
use store::merchant_webhooks::{Attempt, AttemptOutcome};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::desk::{Teller, load, path_webhook};
use crate::judgement;
use crate::notice::Composed;

/// What came of a test.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookTest {
    /// `delivered`; `refused`: the answer was none from 200 to 299; `unreachable`: no answer came in time; `forbidden`:
    /// nothing was sent.
    #[schema(value_type = String, example = "delivered")]
    outcome: AttemptOutcome,
    /// The HTTP status, if anything was answered.
    status: Option<u16>,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// What was wrong.
    #[schema(example = "answered 503")]
    detail: Option<String>,
    /// The beginning of the answer, up to 2,048 characters, without secrets.
    answer: Option<String>,
}

impl From<Attempt> for WebhookTest {
    fn from(Attempt { outcome, status, took_ms, detail, answer, .. }: Attempt) -> Self {
        Self { outcome, status, took_ms, detail, answer }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Teller> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(test_webhook)))
}

#[utoipa::path(
    post,
    path = "/api/console/webhooks/{id}/test",
    tag = "webhooks",
    params(("id" = String, Path, description = "The webhook's id")),
    responses(
        (status = 200, description = "What came of a call of the type `Ping`, good or bad; also of a webhook that is paused", body = WebhookTest),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn test_webhook(
    State(Teller { database, courier }): State<Teller>,
    Path(id): Path<String>,
) -> Result<Json<WebhookTest>, Problem> {
    let id = path_webhook(&id)?;
    let webhook = load(&database, id).await?.webhook.value;
    let Composed { body, private } = Composed::ping(id, Timestamp::now()).map_err(Problem::internal)?;
    let event = EventId::generate().to_string();
    let parcel = Parcel { url: &webhook.url, id: &event, body, private: &private };
    let told = courier.tell(&SecretName::MerchantWebhook(id), parcel).await;
    let told = judgement::told(told).map_err(Problem::internal)?;
    Ok(Json(judgement::attempt(1, &told, Timestamp::now()).into()))
}
