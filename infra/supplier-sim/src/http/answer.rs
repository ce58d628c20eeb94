//! How every protocol answers a shop: who asks, what is to go wrong, the work, and then the answer in its time.

use std::time::Duration;

use axum::{
    Json,
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{AUTHORIZATION, DATE, LOCATION, RETRY_AFTER},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    At, Failure,
    disturb::{ConnectionLost, disturb},
};
use crate::{knobs::Operation, outcome::Refusal, supplier::Supplier};

/// Where a redirect leads: the address at which clouds tell a machine its own secrets.
pub const REDIRECT_TARGET: &str = "http://169.254.169.254/latest/meta-data/";

/// What a caller brought to be known by.
#[derive(Default)]
pub(super) struct Caller(Vec<String>);

impl Caller {
    /// Something more that it brought.
    pub fn also(mut self, credential: Option<&String>) -> Self {
        self.0.extend(credential.cloned());
        self
    }

    fn may_ask(&self, supplier: &mut Supplier, now: Timestamp) -> Result<(), Refusal> {
        let known = if supplier.knobs().requires_token {
            self.0.iter().any(|token| supplier.tokens().is_good(token, now))
        } else {
            self.is_known(supplier)
        };
        if known { Ok(()) } else { Err(Refusal::Unauthorized) }
    }

    /// Whether it brought one of the supplier's credentials, or needs none.
    pub fn is_known(&self, supplier: &Supplier) -> bool {
        let credentials = &supplier.knobs().credentials;
        credentials.is_empty() || self.0.iter().any(|offered| credentials.contains(offered))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let mut offered = Vec::new();
        offered.extend(header(&parts.headers, "x-api-key").map(str::to_owned));
        let query = parts.uri.query().unwrap_or_default();
        let in_query = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "api_key");
        offered.extend(in_query.map(|(_, value)| value.into_owned()));
        if let Some((scheme, value)) = header(&parts.headers, AUTHORIZATION.as_str())
            .and_then(|authorization| authorization.split_once(' '))
        {
            if scheme.eq_ignore_ascii_case("basic") {
                let decoded = STANDARD.decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                let (user, password) =
                    decoded.as_deref().and_then(|pair| pair.split_once(':')).unwrap_or_default();
                offered.extend([user.to_owned(), password.to_owned()]);
            } else {
                offered.push(value.to_owned());
            }
        }
        Ok(Self(offered))
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

impl At {
    /// Does a shop's request at once and answers it when the supplier's latency is over, so that a caller who gives
    /// up early has had the effect all the same. `show` writes the answer in the words of the protocol.
    pub(super) async fn answer<T>(
        &self,
        caller: Caller,
        operation: Operation,
        act: impl FnOnce(&mut Supplier, Timestamp) -> Result<T, Refusal>,
        show: impl FnOnce(Result<T, Refusal>) -> Response,
    ) -> Result<Response, Failure> {
        let now = Timestamp::now();
        let (latency, clock, knobs, fault, answer) = self.with(|supplier| {
            let knobs = supplier.knobs().clone();
            let latency = if knobs.latency_on.contains(&operation) { knobs.latency_ms } else { 0 };
            let (fault, answer) = match supplier.begin(operation) {
                Ok(fault) => (fault, caller.may_ask(supplier, now).and_then(|()| act(supplier, now))),
                Err(refusal) => (None, Err(refusal)),
            };
            (Duration::from_millis(latency), supplier.clock(now), knobs, fault, answer)
        })?;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        let mut response = match answer {
            Err(Refusal::Failing { status, retry_after_seconds }) => {
                let mut response = failing(status);
                if let Some(seconds) = retry_after_seconds {
                    let value = if knobs.retry_after_as_date {
                        date(clock.saturating_add(SignedDuration::from_secs(seconds.into())).unwrap_or(clock))
                    } else {
                        Some(HeaderValue::from(seconds))
                    };
                    response.headers_mut().extend(value.map(|value| (RETRY_AFTER, value)));
                }
                response
            }
            Err(Refusal::Lost) => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(ConnectionLost);
                response
            }
            Err(Refusal::Elsewhere) => {
                (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, REDIRECT_TARGET)]).into_response()
            }
            answer => show(answer),
        };
        if let Some(fault) = fault {
            response = disturb(response, fault).await;
        }
        if knobs.clock_skew_seconds != 0 {
            response.headers_mut().extend(date(clock).map(|value| (DATE, value)));
        }
        Ok(response)
    }
}

/// The answer to a request that fails because a knob says so.
pub(super) fn failing(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    (status, Json(json!({"error": {"message": "failing as told"}}))).into_response()
}

/// A time as headers have it.
pub(super) fn date(at: Timestamp) -> Option<HeaderValue> {
    HeaderValue::from_str(&at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}
