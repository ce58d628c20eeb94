//! The presets against the example answers of the services' documentation. The files in `answers` are those examples,
//! shortened; where a test needs an order in another state, it changes that field.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../conformance/mod.rs"]
#[allow(dead_code, unused_imports, unused_macros)]
mod conformance;
mod easypost;
mod printful;
mod shipbob;

use std::sync::Arc;

use serde_json::{Value, json};
use suppliers::{AdapterKind, Egress, HttpClient, Secret, Supplier, connect, presets};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

/// A service that gives one answer to everything, and the preset that speaks to it.
struct Service {
    supplier: Arc<dyn Supplier>,
    server: MockServer,
}

impl Service {
    async fn answering(preset: &str, status: u16, answer: &Value) -> Self {
        let server = MockServer::start().await;
        Mock::given(any())
            .respond_with(ResponseTemplate::new(status).set_body_json(answer))
            .mount(&server)
            .await;
        let preset = presets().iter().find(|known| known.id == preset).unwrap();
        let mut configuration = preset.configuration.clone();
        let address = reqwest::Url::parse(configuration["baseUrl"].as_str().unwrap()).unwrap();
        configuration["baseUrl"] = json!(format!("{}{}", server.uri(), address.path().trim_end_matches('/')));
        let http = HttpClient::new(Egress::parse(&server.uri()).unwrap()).unwrap();
        let credential = Secret::new("s3cret");
        let supplier = connect(AdapterKind::HttpJson, &configuration, Some(&credential), &http).unwrap();
        Self { supplier, server }
    }

    /// The one request that the service got.
    async fn request(&self) -> Request {
        let mut received = self.server.received_requests().await.unwrap();
        assert_eq!(received.len(), 1);
        received.remove(0)
    }
}

/// A document with some of its fields, by JSON pointer, changed.
fn changed(document: &str, changes: &[(&str, Value)]) -> Value {
    let mut document: Value = serde_json::from_str(document).unwrap();
    for (pointer, value) in changes {
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
    }
    document
}
