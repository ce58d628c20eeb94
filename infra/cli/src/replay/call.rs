//! A call to the shop's API. What may pass by itself is tried again, with the same idempotency key, so that nothing
//! happens twice.

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::connection::{self, reason};

/// The longest pause between two tries, unless the shop asks for a longer one.
pub const MAX_PAUSE: Duration = Duration::from_secs(10);
/// The longest pause that the shop may ask for.
pub const MAX_ASKED_PAUSE: Duration = Duration::from_mins(1);
/// How long one try may take: longer than the API's own limit of 30 seconds.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(35);

/// How often a call is tried, and how soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// How many tries there are before a call counts as failed.
    pub attempts: u32,
    /// The pause before the second try; it doubles with each further one.
    pub first_pause: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { attempts: 8, first_pause: Duration::from_millis(200) }
    }
}

impl Retries {
    /// Half of the pause is left to chance, so that many callers do not come back at once.
    fn pause(self, attempt: u32, asked: Option<Duration>) -> Duration {
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(attempt - 1));
        let chosen = doubled.min(MAX_PAUSE).mul_f64(0.5 + 0.5 * rand::random::<f64>());
        asked.map_or(chosen, |asked| asked.min(MAX_ASKED_PAUSE).max(chosen))
    }
}

/// Why a call did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallError {
    /// The shop said no, and why.
    #[error("{0}")]
    Refused(String),
    /// The shop did not answer, or not in the expected form.
    #[error("{0}")]
    Failed(String),
}

/// Makes calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    http: reqwest::Client,
    api: String,
    retries: Retries,
}

/// One call: what is the same in every try.
pub(super) struct Call<'a> {
    method: Method,
    path: String,
    body: Option<Value>,
    pub(super) key: Option<&'a str>,
    pub(super) token: Option<&'a str>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<FieldProblem>,
}

#[derive(Deserialize)]
struct FieldProblem {
    #[serde(default)]
    pointer: String,
    #[serde(default)]
    detail: String,
}

impl Caller {
    pub(super) fn new(api: &str, retries: Retries) -> Result<Self, reqwest::Error> {
        let http = connection::http_client(api).timeout(CALL_TIMEOUT).build()?;
        Ok(Self { http, api: api.trim_end_matches('/').to_owned(), retries })
    }

    pub(super) async fn call<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, CallError> {
        let mut attempt = 1;
        loop {
            let (problem, asked) = match self.send(&call).await {
                Ok(answer) => match read(answer).await {
                    Ok(value) => return Ok(value),
                    Err(Unanswered::Final(error)) => return Err(error),
                    Err(Unanswered::Passing(problem, asked)) => (problem, asked),
                },
                Err(error) => (reason(&error), None),
            };
            if attempt >= self.retries.attempts {
                let what = format!("{} {}", call.method, call.path);
                return Err(CallError::Failed(format!("{what}: {problem} ({attempt} tries)")));
            }
            tokio::time::sleep(self.retries.pause(attempt, asked)).await;
            attempt += 1;
        }
    }

    async fn send(&self, call: &Call<'_>) -> Result<Response, reqwest::Error> {
        let mut request = self.http.request(call.method.clone(), format!("{}{}", self.api, call.path));
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        if let Some(key) = call.key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(token) = call.token {
            request = request.header("X-Order-Token", token);
        }
        request.send().await
    }
}

impl Call<'_> {
    pub(super) fn new(method: Method, path: String) -> Self {
        Self { method, path, body: None, key: None, token: None }
    }

    pub(super) fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

/// Why a try brought nothing.
enum Unanswered {
    /// Another try would bring nothing either.
    Final(CallError),
    /// It may pass; the shop may have said how long to wait.
    Passing(String, Option<Duration>),
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Unanswered> {
    let status = answer.status();
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let asked = asked.map(Duration::from_secs);
    let body = answer.bytes().await.map_err(|error| Unanswered::Passing(reason(&error), None))?;
    if status.is_success() {
        let form = |error| CallError::Failed(format!("the shop's answer is not understood: {error}"));
        return serde_json::from_slice(&body).map_err(|error| Unanswered::Final(form(error)));
    }
    let problem: Option<Problem> = serde_json::from_slice(&body).ok();
    let conflict = problem.as_ref().is_some_and(|problem| problem.kind == "/problems/conflict");
    let text = problem.map_or_else(|| status.to_string(), |problem| problem.text(status));
    let passing = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::GATEWAY_TIMEOUT,
    ];
    if passing.contains(&status) || conflict {
        Err(Unanswered::Passing(text, asked))
    } else if status.is_client_error() {
        Err(Unanswered::Final(CallError::Refused(text)))
    } else {
        Err(Unanswered::Final(CallError::Failed(text)))
    }
}

impl Problem {
    fn text(self, status: StatusCode) -> String {
        let mut text = if self.detail.is_empty() { self.title } else { self.detail };
        if text.is_empty() {
            text = status.to_string();
        }
        for FieldProblem { pointer, detail } in self.errors {
            // A single field's problem is often the detail already.
            if !text.contains(&detail) {
                text = format!("{text}; {pointer} {detail}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_heed_what_the_shop_asks() {
        let retries = Retries::default();
        for attempt in 1..40 {
            let pause = retries.pause(attempt, None);
            assert!(pause >= retries.first_pause / 2 && pause <= MAX_PAUSE, "{attempt}: {pause:?}");
        }
        assert!(retries.pause(3, None) >= retries.first_pause * 2);
        assert!(retries.pause(1, Some(Duration::from_secs(7))) >= Duration::from_secs(7));
        assert_eq!(retries.pause(1, Some(Duration::MAX)), MAX_ASKED_PAUSE);
    }
}
