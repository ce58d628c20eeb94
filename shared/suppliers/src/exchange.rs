//! One request and its answer: the one way out, with its limits.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::{
    Request, Response,
    header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};
use serde_json::Value;
use telemetry::trace;

use crate::{HttpClient, PlaceError, SupplierError, error::ConfigError, mask::Masks, resolver::LeadsInside};

/// The largest answer that is read, in bytes.
pub const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The longest time for a whole exchange, from the look-up of the name to the last byte of the answer.
pub const MAX_TIMEOUT: Duration = Duration::from_secs(20);

/// The longest wait that a supplier can impose with `Retry-After`.
pub const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// The most characters of a supplier's message that are kept.
pub const MAX_REASON_CHARS: usize = 300;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// The request may not be made: its address is none that a supplier can have.
    Forbidden(String),
    /// The request never reached the supplier.
    NotSent(String),
    /// The request may have reached the supplier.
    Lost(String),
}

impl NoAnswer {
    /// What it means for an order; `path` is the field of the configuration with the address.
    pub fn placing(self, path: &str) -> PlaceError {
        match self {
            Self::Forbidden(reason) => PlaceError::Misconfigured { path: path.to_owned(), reason },
            Self::NotSent(reason) => PlaceError::Unavailable { retry_after: None, reason },
            Self::Lost(reason) => PlaceError::Uncertain { reason },
        }
    }

    /// What it means for a question; `path` is the field of the configuration with the address.
    pub fn asking(self, path: &str) -> SupplierError {
        match self {
            Self::Forbidden(reason) => SupplierError::Misconfigured { path: path.to_owned(), reason },
            Self::NotSent(reason) | Self::Lost(reason) => {
                SupplierError::Unavailable { retry_after: None, reason }
            }
        }
    }
}

/// An answer, whatever it says.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// The supplier's clock, if it told the time.
    pub date: Option<Timestamp>,
    /// The JSON, or why there is none.
    pub body: Result<Value, String>,
    masks: Masks,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// The supplier's words as people may read them: without credentials, control characters and endless length.
    pub fn words(&self, words: &str) -> String {
        self.masks.hide(words).chars().filter(|c| !c.is_control()).take(MAX_REASON_CHARS).collect()
    }
}

/// Whether an address may be called at all, for the check of a configuration.
pub(crate) fn check_address(http: &HttpClient, path: &str, url: &reqwest::Url) -> Result<(), ConfigError> {
    http.check(url).map_err(|refused| ConfigError { path: path.to_owned(), reason: refused.to_string() })
}

/// Sends a request and reads the answer. Its time is what the request says, [`MAX_TIMEOUT`] at most.
pub(crate) async fn send(
    http: &HttpClient,
    operation: &'static str,
    mut request: Request,
) -> Result<Answer, NoAnswer> {
    http.check(request.url()).map_err(|refused| NoAnswer::Forbidden(refused.to_string()))?;
    let timeout = request.timeout().copied().unwrap_or(MAX_TIMEOUT).min(MAX_TIMEOUT);
    *request.timeout_mut() = Some(timeout);
    let record = http.recorder().map(|recorder| recorder.begin(&request));
    let begun = Instant::now();
    let result = exchange(http, request).await;
    let elapsed = begun.elapsed();
    if let Some(record) = record {
        record.end(result.as_ref().ok(), elapsed);
    }
    let elapsed_ms = elapsed.as_millis();
    let received = match result {
        Ok(received) => received,
        Err(error) => {
            let (NoAnswer::Forbidden(reason) | NoAnswer::NotSent(reason) | NoAnswer::Lost(reason)) = &error;
            tracing::info!(
                operation,
                elapsed_ms,
                reason = http.masks().hide(reason),
                "supplier did not answer"
            );
            return Err(error);
        }
    };
    tracing::debug!(operation, status = received.status, elapsed_ms, "supplier answered");
    let body = match &received.body {
        Ok(bytes) => json(bytes, &received.headers),
        Err(reason) => Err(reason.clone()),
    };
    let date = timestamp(&received.headers, &DATE);
    let retry_after = retry_after(&received.headers, date.unwrap_or_else(Timestamp::now));
    Ok(Answer { status: received.status, retry_after, date, body, masks: http.masks().clone() })
}

/// An answer as it came.
pub(crate) struct Received {
    pub status: u16,
    pub headers: HeaderMap,
    /// The bytes, or why they were not read to their end.
    pub body: Result<Vec<u8>, String>,
}

/// Sends a request that may be made, with the trace that it belongs to, and reads what comes as it comes.
pub(crate) async fn exchange(http: &HttpClient, mut request: Request) -> Result<Received, NoAnswer> {
    if let Some(Ok(parent)) = trace::traceparent().map(HeaderValue::try_from) {
        request.headers_mut().insert(trace::TRACEPARENT, parent);
    }
    let response = http.inner().execute(request).await.map_err(|error| no_answer(&error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = match read(response).await {
        Ok(body) => body,
        // A success that breaks off may be the answer to an order; an error that breaks off is an error.
        Err(error) if status.is_success() => return Err(NoAnswer::Lost(chain(&error))),
        Err(error) => Err(chain(&error)),
    };
    Ok(Received { status: status.as_u16(), headers, body })
}

async fn read(mut response: Response) -> Result<Result<Vec<u8>, String>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Ok(Err(format!("the answer is longer than {MAX_ANSWER_BYTES} bytes")));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Ok(bytes))
}

/// Suppliers name JSON in many ways, so the bytes decide; the name helps to understand what came instead.
fn json(bytes: &[u8], headers: &HeaderMap) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| {
        let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let named: String = named.unwrap_or("of no content type").chars().take(MAX_REASON_CHARS).collect();
        format!("the answer is no JSON ({named}): {error}")
    })
}

fn no_answer(error: &reqwest::Error) -> NoAnswer {
    let reason = chain(error);
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(inside) = error.downcast_ref::<LeadsInside>() {
            return NoAnswer::Forbidden(inside.to_string());
        }
        cause = error.source();
    }
    if error.is_connect() { NoAnswer::NotSent(reason) } else { NoAnswer::Lost(reason) }
}

/// An error with its causes, without the address, which may carry parameters that do not belong in a log.
fn chain(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() { "timed out".to_owned() } else { "no answer".to_owned() };
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

fn timestamp(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    Some(rfc2822::parse(headers.get(name)?.to_str().ok()?.trim()).ok()?.timestamp())
}

/// RFC 9110: seconds, or a date, which is one of the supplier's clock, as `now` should be.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let until = timestamp(headers, &RETRY_AFTER)?;
        Duration::try_from(until.duration_since(now).max(SignedDuration::ZERO)).ok()?
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_has_a_limit() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let read = |value: &'static str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
            retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("Sun, 22 Nov 2026 10:01:30 GMT"), Some(90));
        assert_eq!(read("Sun, 22 Nov 2026 09:00:00 GMT"), Some(0));
        assert_eq!(read("999999"), Some(MAX_RETRY_AFTER.as_secs()));
        assert_eq!(read("soon"), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn what_is_no_json_is_named() {
        let html = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/html"))]);
        assert_eq!(json(b"{\"id\": 1}", &html).unwrap()["id"], 1);
        let error = json(b"<html>", &html).unwrap_err();
        assert!(error.starts_with("the answer is no JSON (text/html): "), "{error}");
        assert!(json(b"", &HeaderMap::new()).unwrap_err().contains("of no content type"));
    }
}
