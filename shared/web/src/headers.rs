//! Headers that are part of the contract.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::problem::Problem;

/// The most characters of an idempotency key.
pub const MAX_IDEMPOTENCY_KEY: usize = 255;

/// The client's `Idempotency-Key`: visible ASCII characters of its choice, unlike any it sent before for another request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKeyHeader(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKeyHeader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key =
            parts.headers.get("Idempotency-Key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let good =
            (1..=MAX_IDEMPOTENCY_KEY).contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic());
        if good {
            return Ok(Self(key.to_owned()));
        }
        let detail =
            format!("is required: 1 to {MAX_IDEMPOTENCY_KEY} visible ASCII characters, new for each request");
        Err(Problem::bad_parameter("/header/Idempotency-Key", detail))
    }
}

/// The `X-Order-Token` of a guest, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderToken(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for OrderToken {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let token = parts.headers.get("X-Order-Token").and_then(|value| value.to_str().ok());
        Ok(Self(token.map(str::to_owned)))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[tokio::test]
    async fn an_idempotency_key_is_short_visible_text() {
        let longest = "k".repeat(MAX_IDEMPOTENCY_KEY);
        let too_long = format!("{longest}k");
        for (key, good) in [("k-1", true), (&longest, true), (&too_long, false), ("", false), ("a b", false)]
        {
            let (mut parts, ()) =
                Request::builder().header("idempotency-key", key).body(()).unwrap().into_parts();
            let read = IdempotencyKeyHeader::from_request_parts(&mut parts, &()).await;
            assert_eq!(read.is_ok(), good, "{key}");
        }
    }
}
