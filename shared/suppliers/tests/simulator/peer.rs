//! A simulated supplier, and an adapter that speaks to it.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use domain::ids::TaskId;
use serde_json::{Value, json};
use supplier_sim::{Simulator, serve};
use suppliers::{AdapterKind, Egress, HttpClient, Secret, Supplier, connect};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::conformance::{BUSY_WAIT, CLOCK_AHEAD, Fault, Part, Peer, REFUSAL};

/// The adapters' patience, in milliseconds.
const TIMEOUT_MS: u32 = 1_000;

/// The key that suppliers know whose adapters send one.
const KEY: &str = "s3cret";

/// The kinds of request that faults strike: those that the desk makes, and not what an adapter prepares for them.
const STRUCK: [&str; 4] = ["place", "find", "status", "cancel"];

/// The kinds of request that a slow supplier is slow with.
const SLOWED: [&str; 5] = ["place", "find", "status", "cancel", "check"];

/// How to speak to a simulated supplier.
pub struct Dialect {
    pub kind: AdapterKind,
    /// The configuration, for a supplier at an address.
    pub config: fn(&str) -> Value,
    /// How many orders the supplier makes of one task.
    pub orders_of_a_task: usize,
    pub credential: Option<&'static str>,
    /// The knobs that do not change.
    pub knobs: Value,
    pub has_tokens: bool,
}

impl Dialect {
    /// How to speak to a supplier that asks for a key and makes an order of each line.
    pub fn keyed(kind: AdapterKind, config: fn(&str) -> Value) -> Self {
        Self {
            kind,
            config,
            orders_of_a_task: 2,
            credential: Some(KEY),
            knobs: json!({"credentials": [KEY], "unitCost": 125}),
            has_tokens: false,
        }
    }
}

/// A configuration that ships with the simulator, for a supplier at `address`.
pub fn configured(shipped: &str, address: &str) -> Value {
    let mut config: Value = serde_json::from_str(shipped).unwrap();
    config["baseUrl"] = json!(address);
    config["timeoutMs"] = json!(TIMEOUT_MS);
    config
}

pub struct Simulated {
    supplier: Arc<dyn Supplier>,
    base: String,
    http: reqwest::Client,
    server: JoinHandle<()>,
    orders_of_a_task: usize,
    has_tokens: bool,
}

impl Simulated {
    pub async fn start(dialect: Dialect) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let base = format!("{origin}/north");
        let simulator = Arc::new(Simulator::in_memory());
        let server = tokio::spawn(async move { match serve(listener, simulator).await {} });
        let http = HttpClient::new(Egress::parse(&origin).unwrap()).unwrap();
        let credential = dialect.credential.map(Secret::new);
        let supplier = connect(dialect.kind, &(dialect.config)(&base), credential.as_ref(), &http).unwrap();
        let simulated = Self {
            supplier,
            base,
            http: reqwest::Client::new(),
            server,
            orders_of_a_task: dialect.orders_of_a_task,
            has_tokens: dialect.has_tokens,
        };
        simulated.turn(dialect.knobs).await;
        simulated.play(Part::Willing).await;
        simulated
    }

    /// All that the supplier remembers.
    pub async fn memory(&self) -> Value {
        let memory = self.http.get(format!("{}/memory", self.base)).send().await.unwrap();
        memory.json().await.unwrap()
    }

    /// What the supplier says as a task board, to who has the key.
    pub async fn board(&self, parameters: &[(&str, &str)]) -> Value {
        let parameters: BTreeMap<_, _> = parameters.iter().copied().chain([("api_key", KEY)]).collect();
        let request = self.http.post(format!("{}/taskboard", self.base)).json(&parameters);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Turns knobs.
    pub async fn turn(&self, knobs: Value) {
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

    fn has_tokens(&self) -> bool {
        self.has_tokens
    }

    async fn play(&self, part: Part) {
        let knobs = match part {
            Part::Willing => json!({
                "workingAfterMs": null, "completeAfterMs": null, "deliverAtMost": null, "latencyMs": 0, "faults": [],
                "clockSkewSeconds": 0, "retryAfterAsDate": false
            }),
            Part::Working => json!({"workingAfterMs": 0}),
            Part::Sending => json!({"completeAfterMs": 0}),
            Part::SendingAtMost(pieces) => json!({"completeAfterMs": 0, "deliverAtMost": pieces}),
            Part::GivingUp => json!({"completeAfterMs": 0, "deliverAtMost": 0}),
            Part::Refusing => json!({"refuse": true, "refuseReason": REFUSAL}),
            Part::Slow => json!({"latencyMs": 10 * TIMEOUT_MS, "latencyOn": SLOWED}),
            Part::ClockAhead => json!({"clockSkewSeconds": CLOCK_AHEAD.as_secs(), "retryAfterAsDate": true}),
            Part::Once(fault) => {
                let wait = (fault == Fault::BusyForAWhile).then(|| BUSY_WAIT.as_secs());
                let fault = json!({
                    "kind": kind(fault), "on": STRUCK, "next": 1, "retryAfterSeconds": wait
                });
                json!({ "faults": [fault] })
            }
        };
        self.turn(knobs).await;
    }

    async fn times_taken(&self, reference: &TaskId) -> usize {
        let memory = self.memory().await;
        let reference = reference.to_string();
        let orders = memory["orders"].as_array().unwrap();
        let ours = |order: &&Value| order["reference"].as_str().unwrap().starts_with(&reference);
        // Rounded up: a part of a task that was taken once more is a duplicate too.
        orders.iter().filter(ours).count().div_ceil(self.orders_of_a_task)
    }
}

fn kind(fault: Fault) -> &'static str {
    match fault {
        Fault::BusyForAWhile | Fault::Busy => "tooMany",
        Fault::Broken => "broken",
        Fault::Redirecting => "redirect",
        Fault::Forgetting => "expired",
        Fault::BrokenAfter => "brokenAfter",
        Fault::Losing => "lost",
        Fault::Garbled => "garbage",
        Fault::WrongType => "wrongType",
        Fault::Dripping => "drip",
        Fault::Huge => "huge",
        Fault::Doubled => "duplicate",
    }
}
