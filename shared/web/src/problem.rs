//! Problem details for HTTP APIs (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use telemetry::TraceId;
use utoipa::ToSchema;

/// One bad field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Where: a JSON pointer into the body (`/shippingAddress/city`), or `/path/…`, `/query/…`, `/header/…`.
    pub pointer: String,
    /// What was wrong and what is allowed.
    pub detail: String,
    /// The SKU that there is too little of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// How many pieces of it there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<u64>,
}

impl FieldProblem {
    /// A bad field.
    #[must_use]
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into(), sku: None, available: None }
    }
}

/// Why a request was not answered as wished, as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The kind of problem, such as `/problems/insufficient-stock`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of problem in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What went wrong this time.
    detail: String,
    /// The fields that were bad.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// What somebody else made of the thing in the meantime, where an edit was refused for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Box<serde_json::Value>>,
    /// What to name when asking for help: the trace that the request belongs to, 32 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "5759e988bd862e3fe1be46a994272793")]
    trace_id: Option<Box<TraceId>>,
    #[serde(skip)]
    retry_after_seconds: Option<u32>,
}

impl Problem {
    /// A problem of the kind `/problems/{kind}`.
    #[must_use]
    pub fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let kind = format!("/problems/{kind}");
        Self {
            kind,
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            current: None,
            trace_id: telemetry::trace::current().map(Box::new),
            retry_after_seconds: None,
        }
    }

    /// Names the fields that were bad.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.errors = errors;
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Fields of the request cannot be understood.
    #[must_use]
    pub fn invalid(errors: Vec<FieldProblem>) -> Self {
        let detail = match errors.as_slice() {
            [only] => format!("{}: {}", only.pointer, only.detail),
            several => format!("{} fields are wrong", several.len()),
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-request", "The request is invalid", detail)
            .with_errors(errors)
    }

    /// A parameter in the path, the query or a header cannot be understood.
    #[must_use]
    pub fn bad_parameter(pointer: impl Into<String>, detail: impl ToString) -> Self {
        let problem = Self::invalid(vec![FieldProblem::new(pointer, detail.to_string())]);
        Self { status: StatusCode::BAD_REQUEST.as_u16(), ..problem }
    }

    /// Whoever asks may not do that.
    #[must_use]
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Not permitted", detail)
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", format!("there is no such {what}"))
    }

    /// Somebody else changed the thing at the same time.
    #[must_use]
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "Changed at the same time", detail)
    }

    /// The edit was made of an older version; `current` is what there is now.
    #[must_use]
    pub fn outdated(current: &impl Serialize) -> Self {
        let detail = "somebody else changed this since you read it; `current` is what there is now";
        let status = StatusCode::PRECONDITION_FAILED;
        let problem = Self::new(status, "precondition-failed", "Changed in the meantime", detail);
        Self { current: serde_json::to_value(current).ok().map(Box::new), ..problem }
    }

    /// Something failed that is not the client's fault; the log has the details. The client may try again.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "request failed");
        let detail = "the request could not be handled; try again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Temporarily unavailable", detail)
            .retry_after(1)
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_has_the_members_of_rfc_9457() {
        let problem = Problem::invalid(vec![FieldProblem::new("/quantity", "must be positive")]);
        let json = serde_json::to_value(&problem).unwrap();
        let expected = serde_json::json!({
            "type": "/problems/invalid-request",
            "title": "The request is invalid",
            "status": 422,
            "detail": "/quantity: must be positive",
            "errors": [{ "pointer": "/quantity", "detail": "must be positive" }],
        });
        assert_eq!(json, expected);
        let response = problem.into_response();
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
