//! `POST /api/partner/callback/test`: calls the partner's program, and says what came of it.

use axum::Json;
use axum::extract::State;
use courier::{CourierError, Told, answer};
use domain::{EventId, PartnerScope};
use jiff::Timestamp;
use serde::Serialize;
use suppliers::callback::Reply;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Problem, guarded};

use super::courier::Courier;
use super::load;

/// What came of a test.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallbackTest {
    /// How it went.
    outcome: CallbackTestOutcome,
    /// The HTTP status that was answered, if anything was.
    status: Option<u16>,
    /// What was wrong.
    #[schema(example = "answered 503")]
    detail: Option<String>,
    /// How long the call took, in milliseconds.
    took_ms: u64,
}

/// How a test went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum CallbackTestOutcome {
    /// The program took it.
    Delivered,
    /// The program answered, but not with a status from 200 to 299.
    Refused,
    /// No answer came in time.
    Unreachable,
    /// The address leads where the shop does not call. Nothing was sent.
    Forbidden,
}

/// What the program is told.
#[derive(Debug, Serialize)]
struct Ping {
    #[serde(rename = "type")]
    kind: &'static str,
    at: Timestamp,
    order: Option<()>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Courier> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(test_partner_callback)),
    )
}

#[utoipa::path(
    post,
    path = "/api/partner/callback/test",
    tag = "partners",
    responses(
        (status = 200, description = "What came of a call of the type `Ping`, good or bad", body = CallbackTest),
        (status = 404, description = "No callback is set", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was not set to its end", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn test_partner_callback(
    State(courier): State<Courier>,
    Caller(partner): Caller,
) -> Result<Json<CallbackTest>, Problem> {
    let callback = load(&courier.desk.database, &partner).await?.callback.value;
    let ping = Ping { kind: "Ping", at: Timestamp::now(), order: None };
    let body = serde_json::to_vec(&ping).map_err(Problem::internal)?;
    let id = EventId::generate().to_string();
    match courier.tell(partner.partner_id, &callback.url, &id, body).await {
        Ok(told) => Ok(Json(told.into())),
        Err(CourierError::NoSecret) => {
            Err(Problem::conflict("the callback has no secret yet: it is to be set again"))
        }
        Err(error) => Err(Problem::internal(error)),
    }
}

impl From<Told> for CallbackTest {
    fn from(Told { reply, took_ms }: Told) -> Self {
        let (status, detail) = answer(&reply);
        let outcome = match reply {
            _ if detail.is_none() => CallbackTestOutcome::Delivered,
            Reply::Answered { .. } => CallbackTestOutcome::Refused,
            Reply::Silent(_) => CallbackTestOutcome::Unreachable,
            Reply::Forbidden(_) => CallbackTestOutcome::Forbidden,
        };
        Self { outcome, status, detail, took_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_tells_how_it_went() {
        let answered = |status| Reply::Answered { status, retry_after: None, words: String::new() };
        for (reply, outcome, status) in [
            (answered(204), CallbackTestOutcome::Delivered, Some(204)),
            (answered(410), CallbackTestOutcome::Refused, Some(410)),
            (Reply::Silent("timed out".into()), CallbackTestOutcome::Unreachable, None),
            (Reply::Forbidden("no public address".into()), CallbackTestOutcome::Forbidden, None),
        ] {
            let test = CallbackTest::from(Told { reply, took_ms: 7 });
            assert_eq!((test.outcome, test.status, test.took_ms), (outcome, status, 7));
            assert_eq!(test.detail.is_none(), outcome == CallbackTestOutcome::Delivered);
        }
    }
}
