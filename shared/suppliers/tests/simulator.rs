//! The `http-json` adapter against the simulated supplier, with the configuration that ships with it.
#![allow(clippy::unwrap_used)]

mod conformance;

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{BUSY_WAIT, Part, Peer, REFUSAL};
use domain::ids::TaskId;
use serde_json::{Value, json};
use supplier_sim::{Simulator, serve};
use suppliers::{AdapterKind, HttpClient, Supplier, connect};
use tokio::{net::TcpListener, task::JoinHandle};

const CONFIG: &str = include_str!("../../../infra/supplier-sim/http-json.json");

struct Simulated {
    supplier: Arc<dyn Supplier>,
    base: String,
    http: reqwest::Client,
    server: JoinHandle<()>,
}

impl Simulated {
    async fn start() -> Self {
        Self::with(json!({}), json!({})).await
    }

    async fn idempotent() -> Self {
        Self::with(json!({"placesIdempotently": true}), json!({"honoursIdempotency": true})).await
    }

    async fn with(settings: Value, knobs: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/north", listener.local_addr().unwrap());
        let simulator = Arc::new(Simulator::in_memory());
        let server = tokio::spawn(async move { match serve(listener, simulator).await {} });
        let mut config: Value = serde_json::from_str(CONFIG).unwrap();
        config["baseUrl"] = json!(base);
        config["timeoutMs"] = json!(1_000);
        config.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        let supplier = connect(AdapterKind::HttpJson, &config, &HttpClient::new().unwrap()).unwrap();
        let simulated = Self { supplier, base, http: reqwest::Client::new(), server };
        simulated.turn(knobs).await;
        simulated.play(Part::Willing).await;
        simulated
    }

    async fn turn(&self, knobs: Value) {
        let request = self.http.put(format!("{}/control", self.base)).json(&knobs);
        request.send().await.unwrap().error_for_status().unwrap();
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        self.server.abort();
    }
}

#[async_trait]
impl Peer for Simulated {
    fn supplier(&self) -> Arc<dyn Supplier> {
        Arc::clone(&self.supplier)
    }

    async fn play(&self, part: Part) {
        let knobs = match part {
            Part::Willing => json!({
                "workingAfterMs": null, "completeAfterMs": null, "deliverAtMost": null, "latencyMs": 0
            }),
            Part::Working => json!({"workingAfterMs": 0}),
            Part::Sending => json!({"completeAfterMs": 0}),
            Part::SendingAtMost(pieces) => json!({"completeAfterMs": 0, "deliverAtMost": pieces}),
            Part::GivingUp => json!({"completeAfterMs": 0, "deliverAtMost": 0}),
            Part::Refusing => json!({"refuse": true, "refuseReason": REFUSAL}),
            Part::BusyOnce => {
                json!({"failNext": 1, "failStatus": 503, "retryAfterSeconds": BUSY_WAIT.as_secs()})
            }
            Part::BrokenOnce => json!({"failNext": 1, "failStatus": 500}),
            Part::LosingOneResponse => json!({"loseResponses": 1}),
            Part::Slow => json!({"latencyMs": 10_000}),
        };
        self.turn(knobs).await;
    }

    async fn orders_taken(&self, reference: &TaskId) -> usize {
        let memory = self.http.get(format!("{}/memory", self.base)).send().await.unwrap();
        let memory: Value = memory.json().await.unwrap();
        let reference = reference.to_string();
        let orders = memory["orders"].as_array().unwrap();
        orders.iter().filter(|order| order["reference"] == reference.as_str()).count()
    }
}

mod looks_up_first {
    use super::{Simulated, conformance};

    crate::conformance_tests!(Simulated::start);
}

mod idempotent {
    use super::{Simulated, conformance};

    crate::conformance_tests!(Simulated::idempotent);
}
