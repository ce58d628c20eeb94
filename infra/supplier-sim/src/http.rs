//! The routes.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{
        DefaultBodyLimit, FromRequest, FromRequestParts, Path, Query, Request, rejection::JsonRejection,
    },
    http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER, request::Parts},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    journal::JournalError,
    knobs::{Knobs, KnobsError},
    order::{NewOrder, Order},
    simulator::{MAX_NAME_LENGTH, Simulator},
    supplier::{Memory, Placed, Refusal, Supplier},
};

/// The largest request body, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The most ids that one status request may ask for, as real suppliers have such a limit too.
pub const MAX_STATUS_IDS: usize = 100;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectionLost;

/// The routes, to be served by [`crate::serve`], which alone can lose a response.
pub fn router(simulator: Arc<Simulator>) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/{supplier}", delete(reset))
        .route("/{supplier}/control", get(knobs).put(turn))
        .route("/{supplier}/memory", get(memory))
        .route("/{supplier}/orders", get(find).post(place))
        .route("/{supplier}/orders/status", post(statuses))
        .route("/{supplier}/orders/{id}/cancel", post(cancel))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(simulator)
}

/// An answer that is not what was asked for.
struct Failure {
    status: StatusCode,
    message: String,
}

impl Failure {
    fn bad_request(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": {"message": self.message}}))).into_response()
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        // A body of the wrong shape is a 400 here: 422 is how the supplier refuses an order.
        let status = match rejection.status() {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            status => status,
        };
        Self { status, message: rejection.body_text() }
    }
}

impl From<KnobsError> for Failure {
    fn from(error: KnobsError) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        tracing::error!(%error, "cannot remember");
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, message: error.to_string() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::Failing { status, retry_after_seconds } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
                let mut response = Failure { status, message: "failing as told".into() }.into_response();
                if let Some(seconds) = retry_after_seconds {
                    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                }
                return response;
            }
            Self::Lost => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(ConnectionLost);
                return response;
            }
            Self::Refusing(reason) => (StatusCode::UNPROCESSABLE_ENTITY, reason),
            Self::Unknown => (StatusCode::NOT_FOUND, "no such order".into()),
            Self::Shipped => (StatusCode::CONFLICT, "the order is on its way".into()),
        };
        Failure { status, message }.into_response()
    }
}

/// The supplier that a request speaks to.
struct At {
    simulator: Arc<Simulator>,
    name: String,
}

impl FromRequestParts<Arc<Simulator>> for At {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, simulator: &Arc<Simulator>) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Segment {
            supplier: String,
        }
        let Path(Segment { supplier: name }) = Path::<Segment>::from_request_parts(parts, simulator)
            .await
            .map_err(|rejection| Failure::bad_request(rejection.body_text()))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.len() > MAX_NAME_LENGTH || !name.bytes().all(plain) {
            let rule = format!(
                "a supplier's name is 1 to {MAX_NAME_LENGTH} letters, digits, hyphens and underscores"
            );
            return Err(Failure::bad_request(rule));
        }
        Ok(Self { simulator: Arc::clone(simulator), name })
    }
}

impl At {
    fn with<T>(&self, act: impl FnOnce(&mut Supplier) -> T) -> Result<T, Failure> {
        Ok(self.simulator.with(&self.name, act)?)
    }

    /// Does a shop's request at once and answers it when the supplier's latency is over, so that a caller who gives
    /// up early has had the effect all the same.
    async fn answer<T>(
        &self,
        act: impl FnOnce(&mut Supplier, Timestamp) -> Result<T, Refusal>,
        show: impl FnOnce(T) -> Response,
    ) -> Result<Response, Failure> {
        let (latency, answer) = self.with(|supplier| {
            let latency = Duration::from_millis(supplier.knobs().latency_ms);
            (latency, act(supplier, Timestamp::now()))
        })?;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        Ok(answer.map_or_else(IntoResponse::into_response, show))
    }
}

/// A JSON body whose faults are answered in our form.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

async fn place(at: At, headers: HeaderMap, Body(new): Body<NewOrder>) -> Result<Response, Failure> {
    if let Some(fault) = new.fault() {
        return Err(Failure::bad_request(fault));
    }
    let key = match headers.get("idempotency-key").map(HeaderValue::to_str) {
        Some(Ok(key)) => Some(key.to_owned()),
        Some(Err(_)) => return Err(Failure::bad_request("Idempotency-Key is not plain text")),
        None => None,
    };
    at.answer(
        |supplier, now| supplier.place(new, key, now),
        |placed| match placed {
            Placed::New(order) => (StatusCode::CREATED, one(&order)).into_response(),
            Placed::Repeated(order) => one(&order).into_response(),
        },
    )
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lookup {
    reference: String,
}

async fn find(at: At, Query(lookup): Query<Lookup>) -> Result<Response, Failure> {
    at.answer(|supplier, now| supplier.find(&lookup.reference, now), |found| many(&found)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ids {
    ids: Vec<String>,
}

async fn statuses(at: At, Body(Ids { ids }): Body<Ids>) -> Result<Response, Failure> {
    if ids.len() > MAX_STATUS_IDS {
        return Err(Failure::bad_request(format!("at most {MAX_STATUS_IDS} ids at once")));
    }
    at.answer(|supplier, now| supplier.statuses(&ids, now), |found| many(&found)).await
}

async fn cancel(at: At, Path((_, id)): Path<(String, String)>) -> Result<Response, Failure> {
    at.answer(|supplier, now| supplier.cancel(&id, now), |order| one(&order).into_response()).await
}

async fn knobs(at: At) -> Result<Json<Knobs>, Failure> {
    at.with(|supplier| Json(supplier.knobs().clone()))
}

async fn turn(at: At, Body(patch): Body<Value>) -> Result<Json<Knobs>, Failure> {
    at.with(|supplier| {
        let knobs = supplier.knobs().patched(patch)?;
        supplier.turn(knobs.clone(), Timestamp::now());
        Ok(Json(knobs))
    })?
}

async fn memory(at: At) -> Result<Json<Memory>, Failure> {
    at.with(|supplier| Json(supplier.memory(Timestamp::now())))
}

async fn reset(at: At) -> Result<StatusCode, Failure> {
    at.with(|supplier| {
        supplier.reset();
        StatusCode::NO_CONTENT
    })
}

fn one(order: &Order) -> Json<Value> {
    Json(json!({ "order": order }))
}

fn many(orders: &[Order]) -> Response {
    Json(json!({ "orders": orders })).into_response()
}
