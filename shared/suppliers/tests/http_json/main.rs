//! The `http-json` adapter against answers that a simulator never gives.
#![allow(clippy::unwrap_used, clippy::panic)]

mod auth;
mod configuration;
#[path = "../conformance/mod.rs"]
#[allow(dead_code, unused_imports, unused_macros)]
mod conformance;
mod limits;
mod placing;
mod preview;
mod questions;
mod secrecy;
mod webhook;

use std::sync::Arc;

use serde_json::{Value, json};
use suppliers::{AdapterKind, ConfigError, Egress, HttpClient, Supplier, connect};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// A small configuration, with `changes` put in at their JSON pointers; null takes a field out.
fn config(base: &str, changes: &[(&str, Value)]) -> Value {
    let mut config = json!({
        "baseUrl": base,
        "errorMessage": "error",
        "states": {"new": "accepted", "busy": "inProgress", "done": "completed", "no": "rejected", "off": "cancelled"},
        "place": {
            "request": {"method": "POST", "path": "/orders", "body": "{ref: reference}"},
            "answer": {"id": "id", "state": "state"}
        },
        "find": {
            "request": {"method": "GET", "path": "/orders", "query": {"ref": "{reference}"}},
            "orders": "orders", "reference": "ref", "order": {"id": "id", "state": "state"}
        },
        "statuses": {
            "request": {"method": "POST", "path": "/status", "body": "{ids: ids}"},
            "orders": "orders",
            "order": {"id": "id", "state": "state", "delivered": "lines", "reason": "why"}
        },
        "cancel": {"request": {"method": "DELETE", "path": "/orders/{id}"}}
    });
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let fields = config.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match value {
            Value::Null => fields.remove(name),
            value => fields.insert(name.to_owned(), value.clone()),
        };
    }
    config
}

/// A client that may call public hosts and the one of `base`.
fn client(base: &str) -> HttpClient {
    let origin = reqwest::Url::parse(base).unwrap().origin().ascii_serialization();
    let hosts = if origin.starts_with("http:") { format!("*, {origin}") } else { "*".to_owned() };
    HttpClient::new(Egress::parse(&hosts).unwrap()).unwrap()
}

fn connected(base: &str, changes: &[(&str, Value)]) -> Result<Arc<dyn Supplier>, ConfigError> {
    connect(AdapterKind::HttpJson, &config(base, changes), None, &client(base))
}

/// A supplier that gives one answer to everything.
async fn answering(answer: ResponseTemplate, changes: &[(&str, Value)]) -> (MockServer, Arc<dyn Supplier>) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let supplier = connected(&server.uri(), changes).unwrap();
    (server, supplier)
}

fn json_answer(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}
