//! A simulator on a port of its own, and short ways to speak to it.

use std::sync::Arc;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use supplier_sim::{Simulator, serve};
use tokio::{net::TcpListener, task::JoinHandle};

pub struct Rig {
    base: String,
    server: JoinHandle<()>,
    pub client: Client,
}

impl Rig {
    pub async fn start() -> Self {
        Self::with(Simulator::in_memory()).await
    }

    pub async fn with(simulator: Simulator) -> Self {
        // Another test of this process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { match serve(listener, Arc::new(simulator)).await {} });
        Self { base, server, client: Client::new() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<Response> {
        let request = self.client.request(method, self.url(path));
        match body {
            Some(body) => request.json(&body),
            None => request,
        }
        .send()
        .await
    }

    pub async fn get(&self, path: &str) -> Value {
        let response = self.send(Method::GET, path, None).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub async fn turn(&self, supplier: &str, knobs: Value) {
        let response = self.send(Method::PUT, &format!("{supplier}/control"), Some(knobs)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }

    pub async fn place(&self, reference: &str, key: Option<&str>) -> (StatusCode, Value) {
        let mut request = self.client.post(self.url("north/orders")).json(&order(reference));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }

    pub async fn status(&self, id: &str) -> Value {
        let asked = json!({ "ids": [id] });
        let response = self.send(Method::POST, "north/orders/status", Some(asked)).await.unwrap();
        response.json::<Value>().await.unwrap()["orders"][0].take()
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub fn order(reference: &str) -> Value {
    json!({
        "reference": reference,
        "items": [{"code": "HINGE", "quantity": 2}],
        "shipTo": {
            "name": "A. Smith", "line1": "1 Forge Lane", "city": "Sheffield", "postalCode": "S1 1AA",
            "country": "GB"
        }
    })
}
