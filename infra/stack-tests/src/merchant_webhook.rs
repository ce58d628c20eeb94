//! A webhook of the merchant's, which is played by an inbox of the simulator.
//!
//! All tests share a stack, so that a webhook is told of other tests' orders too: what a test looks at is about its own.

use domain::OrderId;
use reqwest::Method;
use serde_json::{Value, json};
use suppliers::Secret;
use ulid::Ulid;

use crate::listener::Letter;
use crate::people::SignedIn;
use crate::shopper::{Answer, PlacedOrder, Shopper, new_key};
use crate::stack::{Stack, event, wait_for};

/// Where the routes begin.
pub const WEBHOOKS: &str = "/console/webhooks";

/// A webhook, whoever made it, and what it is told of.
pub struct TestWebhook {
    /// Where it is.
    pub stack: Stack,
    /// Who made it.
    pub admin: SignedIn,
    /// Who buys.
    pub shopper: Shopper,
    /// Its id.
    pub id: String,
    /// What its calls are signed with.
    pub secret: Secret,
    /// Where it hears.
    pub inbox: String,
    http: reqwest::Client,
}

impl TestWebhook {
    /// A webhook that is told of these.
    pub async fn listen(types: &[&str]) -> Self {
        let stack = Stack::connect().await;
        let simulator = stack.outputs.supplier_sim.clone().unwrap();
        let inbox = format!("{simulator}/{}/inbox", Ulid::generate());
        Self::at(stack, &inbox, types).await
    }

    /// A webhook at an address.
    pub async fn at(stack: Stack, url: &str, types: &[&str]) -> Self {
        let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
        let body = json!({ "url": url, "description": "Of a test", "types": types });
        let made = create(&admin, &body, &new_key()).await.expect(201);
        let http = Shopper::client(&stack.outputs.supplier_sim.clone().unwrap());
        let id = made["id"].as_str().unwrap().to_owned();
        let secret = Secret::new(made["secret"].as_str().unwrap());
        Self { stack, admin, shopper, id, secret, inbox: url.to_owned(), http }
    }

    fn path(&self, rest: &str) -> String {
        format!("{WEBHOOKS}/{}{rest}", self.id)
    }

    /// Reads something of it.
    pub async fn get(&self, rest: &str) -> Value {
        self.admin.get(&self.path(rest)).await.expect(200)
    }

    /// Asks for something.
    pub async fn post(&self, rest: &str, body: &Value) -> Answer {
        let request = self.admin.request(Method::POST, &self.path(rest));
        let request = if body.is_null() { request } else { request.json(body) };
        self.admin.send(request).await
    }

    /// Changes something, as of a version.
    pub async fn put(&self, rest: &str, version: &Value, body: &Value) -> Answer {
        let request = self.admin.request(Method::PUT, &self.path(rest));
        self.admin.send(request.header("If-Match", format!("\"{version}\"")).json(body)).await
    }

    /// Lets it run, or pauses it.
    pub async fn set_status(&self, status: &str) -> Value {
        let version = self.get("").await["version"].clone();
        let body = json!({ "status": status, "note": (status == "paused").then_some("a test") });
        self.put("/status", &version, &body).await.expect(200)
    }

    /// Deletes it, so that it is told nothing of what other tests do.
    pub async fn leave(self) {
        let version = self.get("").await["version"].clone();
        let request = self.admin.request(Method::DELETE, &self.path(""));
        let answer = self.admin.send(request.header("If-Match", format!("\"{version}\""))).await;
        assert_eq!(answer.status, 204, "{}", answer.body);
    }

    /// Plans how it answers what it hears about an order; it sends that back with the answer.
    pub async fn plan(&self, order: OrderId, statuses: &[u16]) {
        let answer = |status: &u16| json!({ "status": status, "about": order, "echo": true });
        let answers: Vec<_> = statuses.iter().map(answer).collect();
        let request = self.http.put(&self.inbox).json(&json!({ "answers": answers }));
        request.send().await.unwrap().error_for_status().unwrap();
    }

    /// What it was told about an order, the oldest first.
    pub async fn letters(&self, order: OrderId) -> Vec<Letter> {
        let kept: Value = self.http.get(&self.inbox).send().await.unwrap().json().await.unwrap();
        let letters = kept["letters"].as_array().unwrap().iter().map(Letter::read);
        letters.filter(|letter| letter.body.contains(&order.to_string())).collect()
    }

    /// The names of what it was told about an order, the oldest first, all of it signed.
    pub async fn heard(&self, order: OrderId) -> Vec<String> {
        let letters = self.letters(order).await;
        letters.iter().map(|letter| letter.verify(&self.secret).unwrap()).collect()
    }

    /// Waits until it was told this about an order, and gives the last letter that says so.
    pub async fn told(&self, kind: &str, order: OrderId, seconds: u64) -> Letter {
        wait_for(&format!("{} is told of {kind}", self.id), seconds, async || {
            let letters = self.letters(order).await;
            letters.into_iter().rfind(|letter| letter.json()["type"] == kind)
        })
        .await
    }

    /// The last test that it heard.
    pub async fn pinged(&self) -> Letter {
        let kept: Value = self.http.get(&self.inbox).send().await.unwrap().json().await.unwrap();
        let mut letters = kept["letters"].as_array().unwrap().iter().map(Letter::read);
        letters.rfind(|letter| letter.json()["type"] == "Ping").unwrap()
    }

    /// An order that nothing more happens to by itself for a while.
    pub async fn order(&self) -> PlacedOrder {
        let product = self.stack.product(1, 10).await;
        self.shopper.order(&[(&product.skus[0], 1)]).await
    }

    /// Has the bus tell that something happened to an order, and gives the event's id and the message.
    pub async fn happen(&self, kind: &str, order: OrderId) -> (String, Value) {
        self.happen_after(kind, order, |_| {}).await
    }

    /// The same, where something is prepared by the event's id.
    pub async fn happen_after(
        &self,
        kind: &str,
        order: OrderId,
        prepare: impl FnOnce(&str),
    ) -> (String, Value) {
        let message = event(kind, order);
        let id = message["detail"]["id"].as_str().unwrap().to_owned();
        prepare(&id);
        self.stack.send("FanOutQueueUrl", message.clone()).await;
        (id, message)
    }

    /// What was told of an order, page by page, the latest first.
    pub async fn deliveries(&self, query: &str, order: OrderId) -> Vec<Value> {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/deliveries?limit=100{query}{cursor}")).await;
            let of_order = |item: &&Value| item["orderId"] == json!(order);
            found.extend(page["items"].as_array().unwrap().iter().filter(of_order).cloned());
            let Some(next) = page["nextCursor"].as_str() else { return found };
            cursor = format!("&cursor={next}");
        }
    }

    /// The telling of an event, once it stands like this.
    pub async fn delivery(&self, event: &str, order: OrderId, state: &str, seconds: u64) -> Value {
        wait_for(&format!("{event} is {state}"), seconds, async || {
            let deliveries = self.deliveries("", order).await;
            deliveries.into_iter().find(|item| item["eventId"] == event && item["state"] == state)
        })
        .await
    }

    /// The telling of an event with its tries.
    pub async fn detail(&self, delivery: &Value) -> Value {
        self.get(&format!("/deliveries/{}", delivery["id"].as_str().unwrap())).await
    }
}

/// Has a webhook made.
pub async fn create(admin: &SignedIn, body: &Value, key: &str) -> Answer {
    let request = admin.request(Method::POST, WEBHOOKS).header("Idempotency-Key", key);
    admin.send(request.json(body)).await
}
