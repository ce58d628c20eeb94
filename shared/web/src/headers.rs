//! Headers that are part of the contract.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::problem::{FieldProblem, Problem};

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

/// The version that an edit was made of: the `If-Match` of RFC 9110, section 13.1.1, with the one strong entity tag that
/// the answer to the read carried as `ETag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts.headers.get(header::IF_MATCH).ok_or_else(|| {
            let error = FieldProblem::new("/header/If-Match", "is required: the ETag of what was read");
            let detail = "an edit must name the version it was made of";
            Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "precondition-required",
                "If-Match is required",
                detail,
            )
            .with_errors(vec![error])
        })?;
        let tag = header.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        tag.map(Self).ok_or_else(|| {
            Problem::bad_parameter("/header/If-Match", "must be the ETag of what was read, such as \"3\"")
        })
    }
}

/// An answer with the version of what it shows as its `ETag`, for [`IfMatch`].
pub fn tagged(version: u64, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
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

    #[tokio::test]
    async fn an_edit_names_the_version_it_was_made_of() {
        for (tag, status) in
            [(None, 428), (Some("3"), 400), (Some("W/\"3\""), 400), (Some("*"), 400), (Some("\"x\""), 400)]
        {
            let mut request = Request::builder();
            if let Some(tag) = tag {
                request = request.header("if-match", tag);
            }
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            let problem = IfMatch::from_request_parts(&mut parts, &()).await.unwrap_err();
            assert_eq!(problem.status().as_u16(), status, "{tag:?}");
        }
        let tag = tagged(3, "x").headers()[header::ETAG].clone();
        let (mut parts, ()) = Request::builder().header("if-match", tag).body(()).unwrap().into_parts();
        assert_eq!(IfMatch::from_request_parts(&mut parts, &()).await.unwrap(), IfMatch(3));
    }
}
