//! One request and its answer.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::{
    Request, Response,
    header::{HeaderMap, HeaderValue, RETRY_AFTER},
};
use serde_json::Value;

use super::config::{HttpJsonConfig, Method, RequestConfig};
use crate::HttpClient;

/// The largest answer that is read, in bytes.
pub const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The longest wait that a supplier can impose with `Retry-After`.
pub const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// The most characters of a supplier's message that are kept.
pub const MAX_REASON_CHARS: usize = 300;

/// A field of the configuration that does not work out, and why.
pub(super) type Misfit = (String, String);

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The request never reached the supplier.
    NotSent(String),
    /// The request may have reached the supplier.
    Lost(String),
}

/// An answer, whatever it says.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// The JSON, or why there is none.
    pub body: Result<Value, String>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// The status and the supplier's own words, if there are any.
    pub fn reason(&self, config: &HttpJsonConfig) -> String {
        match self.message(config) {
            Some(message) => format!("HTTP {}: {message}", self.status),
            None => format!("HTTP {}", self.status),
        }
    }

    /// The supplier's own words.
    pub fn message(&self, config: &HttpJsonConfig) -> Option<String> {
        let found = config.error_message.as_ref()?.search(self.body.as_ref().ok()?).ok()?;
        let message = match found {
            Value::Null => return None,
            Value::String(text) => text,
            other => other.to_string(),
        };
        Some(message.chars().filter(|c| !c.is_control()).take(MAX_REASON_CHARS).collect())
    }
}

/// Makes a request from a document.
pub(super) fn prepare(
    http: &HttpClient,
    config: &HttpJsonConfig,
    request: &RequestConfig,
    document: &Value,
) -> Result<Request, Misfit> {
    let mut url =
        config.base_url.join(&request.path, document).map_err(|reason| ("path".to_owned(), reason))?;
    for (name, value) in &request.query {
        let value = value.render(document).map_err(|reason| (format!("query.{name}"), reason))?;
        url.query_pairs_mut().append_pair(name, &value);
    }
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut headers = HeaderMap::new();
    for (name, value) in config.headers.iter().chain(request.headers.iter()) {
        let misfit = |reason| (format!("headers.{name}"), reason);
        let text = value.render(document).map_err(misfit)?;
        let value = HeaderValue::from_str(&text).map_err(|error| misfit(error.to_string()))?;
        headers.insert(name.clone(), value);
    }
    let mut builder = http.inner().request(method, url).timeout(config.timeout_ms.0);
    if let Some(body) = &request.body {
        let body = body.search(document).map_err(|reason| ("body".to_owned(), reason))?;
        builder = builder.json(&body);
    }
    // The address and the headers are fine by now, so only the body can fail.
    builder.headers(headers).build().map_err(|error| ("body".to_owned(), chain(&error)))
}

/// Sends a request and reads the answer.
pub(super) async fn send(
    http: &HttpClient,
    operation: &'static str,
    request: Request,
) -> Result<Answer, NoAnswer> {
    let begun = Instant::now();
    let response = http.inner().execute(request).await.map_err(|error| {
        let reason = chain(&error);
        tracing::info!(operation, reason, "supplier did not answer");
        if error.is_connect() { NoAnswer::NotSent(reason) } else { NoAnswer::Lost(reason) }
    })?;
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers(), Timestamp::now());
    let body = read(response).await;
    tracing::debug!(operation, status, elapsed_ms = begun.elapsed().as_millis(), "supplier answered");
    Ok(Answer { status, retry_after, body })
}

async fn read(mut response: Response) -> Result<Value, String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| chain(&error))? {
        if bytes.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(format!("the answer is longer than {MAX_ANSWER_BYTES} bytes"));
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).map_err(|error| format!("the answer is no JSON: {error}"))
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

/// RFC 9110: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let until = rfc2822::parse(text).ok()?.timestamp();
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
}
