//! What passes between us and a supplier, for people who set one up.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Request, Url, header::HeaderMap};
use serde::Serialize;
use serde_json::Value;

use crate::{
    exchange::Received,
    mask::{MASK, Masks},
};

/// The most exchanges that a recorder keeps; later ones are not recorded.
pub const MAX_EXCHANGES: usize = 20;

/// The most characters of a body that are shown.
pub const MAX_SHOWN_CHARS: usize = 20_000;

/// Parts of names whose values are nobody's business.
const PRIVATE: [&str; 10] = [
    "token",
    "secret",
    "passw",
    "signature",
    "authoriz",
    "credential",
    "apikey",
    "api_key",
    "api-key",
    "cookie",
];

/// Names that are private as a whole.
const PRIVATE_NAMES: [&str; 3] = ["key", "auth", "pin"];

/// A request and its answer, with every secret masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The headers that we set.
    pub request_headers: BTreeMap<String, String>,
    /// The body that we sent, if any, [`MAX_SHOWN_CHARS`] at most.
    pub request_body: Option<String>,
    /// The answer's status; none if no answer came.
    pub status: Option<u16>,
    /// The answer's headers.
    pub response_headers: BTreeMap<String, String>,
    /// The answer's body, [`MAX_SHOWN_CHARS`] at most; none if none came or it was too long to read.
    pub response_body: Option<String>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// Sees everything that passes through its [`HttpClient`](crate::HttpClient). Clones see the same.
#[derive(Clone)]
pub struct Recorder {
    masks: Masks,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder(…)")
    }
}

impl Recorder {
    pub(crate) fn new(masks: Masks) -> Self {
        Self { masks, exchanges: Arc::default() }
    }

    /// What passed until now, oldest first.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        // Masked only now, because an answer can hold a token that is known as one after it was read.
        let seen = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().map(|exchange| self.shown(exchange)).collect()
    }

    pub(crate) fn begin(&self, request: &Request) -> Record {
        let headers = headers(request.headers());
        let body = request.body().and_then(|body| body.as_bytes());
        let exchange = Exchange {
            method: request.method().to_string(),
            url: address(request.url()),
            request_body: body.map(|body| text(body, &headers)),
            request_headers: headers,
            status: None,
            response_headers: BTreeMap::new(),
            response_body: None,
            elapsed_ms: 0,
        };
        Record { recorder: self.clone(), exchange }
    }

    fn shown(&self, exchange: &Exchange) -> Exchange {
        let hide = |text: &String| self.masks.hide(text);
        let body = |text: &String| shorten(hide(text));
        let headers = |headers: &BTreeMap<String, String>| {
            headers.iter().map(|(name, value)| (name.clone(), hide(value))).collect()
        };
        Exchange {
            method: exchange.method.clone(),
            url: hide(&exchange.url),
            request_headers: headers(&exchange.request_headers),
            request_body: exchange.request_body.as_ref().map(body),
            status: exchange.status,
            response_headers: headers(&exchange.response_headers),
            response_body: exchange.response_body.as_ref().map(body),
            elapsed_ms: exchange.elapsed_ms,
        }
    }
}

/// An exchange that has begun.
pub(crate) struct Record {
    recorder: Recorder,
    exchange: Exchange,
}

impl Record {
    pub fn end(mut self, received: Option<&Received>, elapsed: Duration) {
        self.exchange.elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        if let Some(received) = received {
            let headers = headers(&received.headers);
            self.exchange.status = Some(received.status);
            self.exchange.response_body = received.body.as_ref().ok().map(|body| text(body, &headers));
            self.exchange.response_headers = headers;
        }
        let mut seen = self.recorder.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < MAX_EXCHANGES {
            seen.push(self.exchange);
        }
    }
}

/// Whether a header, parameter or field of this name is nobody's business.
pub(crate) fn is_private(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PRIVATE_NAMES.contains(&name.as_str()) || PRIVATE.iter().any(|part| name.contains(part))
}

pub(crate) fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut all = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        let hidden = value.is_sensitive() || is_private(name.as_str());
        let value = if hidden { MASK.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        let values = all.entry(name.to_string()).or_default();
        if !values.is_empty() {
            values.push_str(", ");
        }
        values.push_str(&value);
    }
    all
}

pub(crate) fn address(url: &Url) -> String {
    match url.query() {
        None => url.to_string(),
        Some(query) => {
            let mut bare = url.clone();
            bare.set_query(None);
            format!("{bare}?{}", form(query))
        }
    }
}

fn text(body: &[u8], headers: &BTreeMap<String, String>) -> String {
    let text = String::from_utf8_lossy(body).into_owned();
    let is_form = headers.get("content-type").is_some_and(|value| value.contains("form-urlencoded"));
    if is_form {
        return form(&text);
    }
    match serde_json::from_str(&text) {
        // Written anew only where something is hidden: people want to see what really came.
        Ok(mut value) => {
            if hide_fields(&mut value) {
                value.to_string()
            } else {
                text
            }
        }
        Err(_) => text,
    }
}

fn form(pairs: &str) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if is_private(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    };
    pairs.split('&').map(pair).collect::<Vec<_>>().join("&")
}

fn hide_fields(value: &mut Value) -> bool {
    match value {
        Value::Array(list) => {
            let mut hidden = false;
            for value in list {
                hidden |= hide_fields(value);
            }
            hidden
        }
        Value::Object(fields) => {
            let mut hidden = false;
            for (name, value) in fields {
                if is_private(name) && value.is_string() {
                    *value = MASK.into();
                    hidden = true;
                } else {
                    hidden |= hide_fields(value);
                }
            }
            hidden
        }
        _ => false,
    }
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(MAX_SHOWN_CHARS) {
        Some((end, _)) => format!("{}{MASK}", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};
    use serde_json::json;

    use super::*;
    use crate::{Egress, HttpClient, Secret};

    #[test]
    fn private_names_are_masked_and_others_are_shown() {
        let of = |name: &'static str, value: &'static str| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let map = HeaderMap::from_iter([
            of("authorization", "Bearer x"),
            of("x-api-key", "x"),
            of("set-cookie", "x"),
            of("idempotency-key", "tsk_1"),
            of("accept", "a"),
        ]);
        let shown = headers(&map);
        for name in ["authorization", "x-api-key", "set-cookie"] {
            assert_eq!(shown[name], MASK, "{name}");
        }
        assert_eq!((shown["idempotency-key"].as_str(), shown["accept"].as_str()), ("tsk_1", "a"));
        let url = Url::parse("https://s.example/a?action=add&key=x&api_token=y").unwrap();
        assert_eq!(address(&url), "https://s.example/a?action=add&key=…&api_token=…");
        let json_type = BTreeMap::new();
        let body = json!({"access_token": "x", "list": [{"password": "y", "n": 1}]}).to_string();
        assert_eq!(
            text(body.as_bytes(), &json_type),
            r#"{"access_token":"…","list":[{"n":1,"password":"…"}]}"#
        );
        assert_eq!(text(b"{ \"n\": 1 }", &json_type), "{ \"n\": 1 }");
        let form_type = BTreeMap::from([("content-type".into(), "application/x-www-form-urlencoded".into())]);
        assert_eq!(text(b"key=x&action=status", &form_type), "key=…&action=status");
    }

    #[test]
    fn a_secret_that_is_known_later_is_masked_and_long_bodies_are_cut_after_that() {
        let masks = Masks::default();
        let recorder = Recorder::new(masks.clone());
        let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
        let client = http.inner();
        let padding = "x".repeat(MAX_SHOWN_CHARS - 3);
        let body = format!("{padding}s3cret and more");
        for _ in 0..=MAX_EXCHANGES {
            let request =
                client.post("https://s.example/s3cret?q=s3cret").body(body.clone()).build().unwrap();
            recorder.begin(&request).end(None, Duration::from_millis(5));
        }
        masks.add(&Secret::new("s3cret"));
        let seen = recorder.exchanges();
        assert_eq!(seen.len(), MAX_EXCHANGES);
        assert_eq!((seen[0].url.as_str(), seen[0].elapsed_ms), ("https://s.example/…?q=…", 5));
        assert_eq!(seen[0].request_body.as_deref(), Some(format!("{padding}… a…").as_str()));
        assert_eq!(format!("{recorder:?}"), "Recorder(…)");
    }
}
