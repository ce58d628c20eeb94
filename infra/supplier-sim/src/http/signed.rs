//! Requests that must be signed: `X-Signature` is the hexadecimal HMAC-SHA-256 of `{timestamp}.{body}` and `X-Timestamp`
//! within five minutes of the supplier's clock.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::DATE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use super::{Failure, MAX_BODY_BYTES, answer::date};
use crate::simulator::Simulator;

/// How old or new a signature may be.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Paths that tests use, and that nobody signs.
const OPEN: [&str; 2] = ["control", "memory"];

/// Lets only signed requests through where the supplier has a key for them.
pub(super) async fn check(State(simulator): State<Arc<Simulator>>, request: Request, next: Next) -> Response {
    let mut segments = request.uri().path().split('/').skip(1);
    let (supplier, rest) = (segments.next().unwrap_or_default().to_owned(), segments.next());
    if rest.is_none_or(|rest| OPEN.contains(&rest)) {
        return next.run(request).await;
    }
    let known = simulator
        .look(&supplier, |supplier| (supplier.knobs().signed_with.clone(), supplier.clock(Timestamp::now())));
    let Some((Some(key), clock)) = known else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        return Failure::bad_request("the body cannot be read").into_response();
    };
    if is_signed(&parts.headers, &bytes, key.as_bytes(), clock).is_none() {
        let message = "the signature is wrong, or its time is".to_owned();
        let mut response = Failure { status: StatusCode::UNAUTHORIZED, message }.into_response();
        response.headers_mut().extend(date(clock).map(|value| (DATE, value)));
        return response;
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn is_signed(headers: &HeaderMap, body: &[u8], key: &[u8], clock: Timestamp) -> Option<()> {
    let text = |name| headers.get(name).map(HeaderValue::to_str)?.ok();
    let (signature, second) = (hex::decode(text("x-signature")?).ok()?, text("x-timestamp")?);
    let at = Timestamp::from_second(second.parse().ok()?).ok()?;
    if clock.duration_since(at).abs() > TOLERANCE {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(second.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(&signature).ok()
}
