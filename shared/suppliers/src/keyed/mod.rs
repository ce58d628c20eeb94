//! What `panel` and `taskboard` share: one address, a key and an action as parameters, and words instead of statuses.

mod charge;
pub(crate) mod describe;
mod lines;
mod meaning;
mod tasks;

use std::{collections::BTreeMap, fmt};

use reqwest::{Method, Request, header};
use serde::Deserialize;
use serde_json::Value;
use url::form_urlencoded;

pub(crate) use self::{
    charge::{charged, sum},
    lines::{Line, LineStatus, PlacedLine, combined, fits, lines_of, placed_lines, sample_line, split},
    meaning::{Meaning, Meanings},
    tasks::{Placing, asked, found, ids, lines_of_all},
};
use crate::{
    ConfigError, HttpClient, PlaceError, Secret, SupplierError,
    exchange::{self, Answer, NoAnswer},
    http_json::{BaseUrl, Statuses, Template, Timeout},
};

/// Answers that mean that nobody looked at the request: the address or the credentials are wrong.
const NOT_UNDERSTOOD: [u16; 7] = [401, 403, 404, 405, 406, 410, 415];

/// Parameters by name.
pub(crate) type Parameters = BTreeMap<String, String>;

/// How parameters travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Format {
    /// `application/x-www-form-urlencoded`.
    #[default]
    Form,
    /// One flat JSON object.
    Json,
}

/// Finds what an answer complains of, if it does.
pub(crate) type Complaint = fn(&Value) -> Option<String>;

/// A supplier with one address.
pub(crate) struct Endpoint {
    pub address: BaseUrl,
    pub format: Format,
    pub timeout: Timeout,
    /// The parameter that carries the key.
    pub key_parameter: String,
    pub key: Option<Secret>,
    /// Statuses that mean: surely not taken, try again later.
    pub not_taken: Statuses,
    pub meanings: Meanings,
    pub complaint: Complaint,
    pub http: HttpClient,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("address", &self.address.as_str()).finish_non_exhaustive()
    }
}

/// What a supplier said instead of doing it.
enum Refusal {
    /// Words that mean something.
    Words(Meaning, String),
    /// A status or a body that means something by itself.
    Answer { status: u16, retry_after: Option<std::time::Duration>, reason: String },
    /// A success that cannot be read.
    Unreadable(String),
}

impl Endpoint {
    /// Whether the address may be called at all.
    pub fn check(&self) -> Result<(), ConfigError> {
        exchange::check_address(&self.http, "baseUrl", self.address.url())
    }

    /// Does something that may place an order.
    pub async fn place(&self, action: &'static str, parameters: Parameters) -> Result<Value, PlaceError> {
        let answer = self.send(action, parameters).await.map_err(|error| error.placing("baseUrl"))?;
        self.said(&answer).map_err(|refusal| match refusal {
            Refusal::Words(meaning, words) => meaning.placing(action, words),
            Refusal::Answer { status, retry_after, reason } if self.not_taken.contains(status) => {
                PlaceError::Unavailable { retry_after, reason }
            }
            Refusal::Answer { status, reason, .. } if NOT_UNDERSTOOD.contains(&status) => {
                PlaceError::Misconfigured { path: "baseUrl".into(), reason }
            }
            Refusal::Unreadable(reason) | Refusal::Answer { reason, .. } => PlaceError::Uncertain { reason },
        })
    }

    /// Does something that places nothing by itself, before an order is placed.
    pub async fn prepare(&self, action: &'static str, parameters: Parameters) -> Result<Value, PlaceError> {
        self.place(action, parameters).await.map_err(|error| match error {
            PlaceError::Uncertain { reason } => PlaceError::Unavailable { retry_after: None, reason },
            certain => certain,
        })
    }

    /// Asks something.
    pub async fn ask(&self, action: &'static str, parameters: Parameters) -> Result<Value, SupplierError> {
        let answer = self.tell(action, parameters).await?;
        answer.map_err(|reason| SupplierError::Protocol { path: action.into(), reason })
    }

    /// Says something that can be said again, to which the supplier may have an objection.
    pub async fn tell(
        &self,
        action: &'static str,
        parameters: Parameters,
    ) -> Result<Result<Value, String>, SupplierError> {
        let answer = self.send(action, parameters).await.map_err(|error| error.asking("baseUrl"))?;
        let refusal = match self.said(&answer) {
            Ok(document) => return Ok(Ok(document)),
            Err(refusal) => refusal,
        };
        Err(match refusal {
            Refusal::Words(Meaning::Rejected | Meaning::Uncertain, words) => return Ok(Err(words)),
            Refusal::Words(Meaning::Unavailable, reason) => {
                SupplierError::Unavailable { retry_after: None, reason }
            }
            Refusal::Words(Meaning::Misconfigured, reason) => {
                SupplierError::Misconfigured { path: action.into(), reason }
            }
            Refusal::Unreadable(reason) => SupplierError::Protocol { path: action.into(), reason },
            Refusal::Answer { status, reason, .. } if NOT_UNDERSTOOD.contains(&status) => {
                SupplierError::Misconfigured { path: "baseUrl".into(), reason }
            }
            Refusal::Answer { retry_after, reason, .. } => SupplierError::Unavailable { retry_after, reason },
        })
    }

    /// Asks what we have at the supplier: a harmless question to see whether it knows us.
    pub async fn check_balance(&self, action: &'static str) -> Result<(), SupplierError> {
        let answer = self.ask(action, Parameters::new()).await?;
        match text(&answer["balance"]) {
            Some(_) => Ok(()),
            None => Err(SupplierError::Protocol {
                path: action.into(),
                reason: "the answer has no balance".into(),
            }),
        }
    }

    /// The document of an answer that complains of nothing.
    fn said(&self, answer: &Answer) -> Result<Value, Refusal> {
        let complaint = answer.body.as_ref().ok().and_then(self.complaint).map(|words| answer.words(&words));
        let by_itself = answer.status >= 500
            || (300..=399).contains(&answer.status)
            || self.not_taken.contains(answer.status)
            || NOT_UNDERSTOOD.contains(&answer.status);
        match (complaint, &answer.body) {
            (Some(words), _) if !by_itself => Err(Refusal::Words(self.meanings.of(&words), words)),
            (None, Ok(document)) if answer.is_success() => Ok(document.clone()),
            (None, Err(reason)) if answer.is_success() => Err(Refusal::Unreadable(answer.words(reason))),
            (words, _) => {
                let reason = match words {
                    Some(words) => format!("HTTP {}: {words}", answer.status),
                    None => format!("HTTP {}", answer.status),
                };
                Err(Refusal::Answer { status: answer.status, retry_after: answer.retry_after, reason })
            }
        }
    }

    async fn send(&self, action: &'static str, parameters: Parameters) -> Result<Answer, NoAnswer> {
        let request = self.prepared(action, parameters).map_err(|error| {
            NoAnswer::NotSent(format!("the request cannot be made: {}", error.without_url()))
        })?;
        exchange::send(&self.http, action, request).await
    }

    fn prepared(&self, action: &str, mut parameters: Parameters) -> reqwest::Result<Request> {
        parameters.entry("action".into()).or_insert_with(|| action.to_owned());
        if let Some(key) = &self.key {
            parameters.insert(self.key_parameter.clone(), key.expose().to_owned());
        }
        let request = self.http.request(Method::POST, self.address.url().clone()).timeout(self.timeout.0);
        match self.format {
            Format::Json => request.json(&parameters),
            Format::Form => {
                let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&parameters).finish();
                request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
            }
        }
        .build()
    }
}

/// Parameters from their templates, which stand at `path` in the configuration. Those that come out empty are left out.
pub(crate) fn filled(
    path: &str,
    templates: &BTreeMap<String, Template>,
    document: &Value,
) -> Result<Parameters, ConfigError> {
    let mut parameters = Parameters::new();
    for (name, template) in templates {
        let wrong = |reason| ConfigError { path: format!("{path}.{name}"), reason };
        let value = template.render(document).map_err(wrong)?;
        if !value.trim().is_empty() {
            parameters.insert(name.clone(), value);
        }
    }
    Ok(parameters)
}

/// Refuses templates, which stand at `path` in the configuration, for parameters that the adapter fills itself.
pub(crate) fn check_reserved(
    path: &str,
    templates: &BTreeMap<String, Template>,
    reserved: &[&str],
) -> Result<(), ConfigError> {
    match reserved.iter().find(|name| templates.contains_key(**name)) {
        Some(name) => {
            Err(ConfigError { path: format!("{path}.{name}"), reason: "is filled by the adapter".into() })
        }
        None => Ok(()),
    }
}

/// Refuses a key that would travel without a name.
pub(crate) fn check_key_parameter(name: &str) -> Result<(), ConfigError> {
    if name.is_empty() {
        return Err(ConfigError { path: "keyParameter".into(), reason: "is empty".into() });
    }
    Ok(())
}

/// A text or a number, as text.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
