//! The routes: knobs and memory for tests, and a protocol each for shops.

mod answer;
mod control;
mod disturb;
mod fields;
mod inbox;
mod orders;
mod panel;
mod signed;
mod taskboard;
mod token;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Request, rejection::JsonRejection},
    http::{StatusCode, request::Parts},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

pub(crate) use self::disturb::ConnectionLost;
use crate::{
    inbox::Inbox,
    journal::JournalError,
    knobs::KnobsError,
    simulator::{MAX_NAME_LENGTH, Simulator},
    supplier::Supplier,
};

/// The largest request body, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// The most ids that one status request may ask for, as real suppliers have such a limit too.
pub const MAX_STATUS_IDS: usize = 100;

/// The routes, to be served by [`crate::serve`], which alone can lose a response.
pub fn router(simulator: Arc<Simulator>) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/{supplier}", delete(control::reset))
        .route("/{supplier}/control", get(control::knobs).put(control::turn))
        .route("/{supplier}/memory", get(control::memory))
        .route("/{supplier}/inbox", get(inbox::letters).post(inbox::take).put(inbox::plan))
        .route("/{supplier}/orders", get(orders::find).post(orders::place))
        .route("/{supplier}/orders/status", post(orders::statuses))
        .route("/{supplier}/orders/{id}/cancel", post(orders::cancel))
        .route("/{supplier}/oauth/token", post(token::issue))
        .route("/{supplier}/panel", post(panel::act))
        .route("/{supplier}/taskboard", post(taskboard::act))
        .layer(from_fn_with_state(Arc::clone(&simulator), signed::check))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(simulator)
}

/// An answer to a request that is wrong in itself, or that cannot be remembered.
pub(super) struct Failure {
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

/// The supplier that a request speaks to.
pub(super) struct At {
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

    fn with_inbox<T>(&self, act: impl FnOnce(&mut Inbox) -> T) -> T {
        self.simulator.with_inbox(&self.name, act)
    }
}

/// A JSON body whose faults are answered in our form.
pub(super) struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}
