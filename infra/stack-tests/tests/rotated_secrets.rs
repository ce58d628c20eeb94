//! A secret that is changed in the console is used within a minute, and nothing is deployed for it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::Method;
use secrets::CACHE_TIME;
use serde_json::json;
use sha2::Sha256;
use stack_tests::shopper::new_key;
use stack_tests::supplier::tasks_of;
use stack_tests::{Answer, Shopper, SignedIn, Stack, TestSupplier};
use ulid::Ulid;

/// Within this time a new secret is to be used.
const SOON: Duration = Duration::from_mins(1);

/// What a supplier is shown, and the key that it signs with.
struct Pair {
    credential: String,
    key: String,
}

impl Pair {
    fn new() -> Self {
        Self { credential: Ulid::generate().to_string(), key: Ulid::generate().to_string() }
    }

    async fn set(&self, admin: &SignedIn, supplier: &TestSupplier) {
        let webhook = format!("whsec_{}", STANDARD.encode(&self.key));
        for (name, value) in [("credential", &self.credential), ("webhook", &webhook)] {
            let path = format!("/console/fulfilment/suppliers/{}/secrets/{name}", supplier.id);
            let request = admin.request(Method::PUT, &path).json(&json!({ "value": value }));
            admin.send(request).await.expect(200);
        }
    }

    /// Sends a message under this key that is about no order.
    async fn tell(&self, shopper: &Shopper, supplier: &TestSupplier) -> Answer {
        let (id, time, body) = (new_key(), Timestamp::now().as_second(), "{}");
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_bytes()).unwrap();
        mac.update(format!("{id}.{time}.{body}").as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let request = shopper.request(Method::POST, &format!("/webhooks/suppliers/{}", supplier.id));
        let request = request
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", format!("v1,{signature}"));
        shopper.send(request.body(body)).await
    }
}

#[tokio::test]
async fn rotated_secrets_are_used_within_a_minute() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    supplier
        .change(&stack, |record| {
            record.configuration["auth"] = json!({ "kind": "header", "name": "X-Api-Key" });
            record.webhook = Some(json!({ "kind": "standardWebhooks" }));
        })
        .await;
    let (old, new) = (Pair::new(), Pair::new());
    old.set(&admin, &supplier).await;
    supplier.turn(json!({ "credentials": [old.credential] })).await;
    // From here on the functions know the old ones.
    let order = shopper.buy(&[(sku, 1)]).await;
    supplier.fulfil(&stack, &shopper, &order, 60).await;
    old.tell(&shopper, &supplier).await.expect(204);
    new.tell(&shopper, &supplier).await.expect(401);

    new.set(&admin, &supplier).await;
    let rotated = Instant::now();
    // What was read just before may be used for so long, and the supplier takes both until then. There is nothing to wait
    // for but the time: each process remembers on its own, and says nothing of it.
    tokio::time::sleep(CACHE_TIME.unsigned_abs()).await;
    supplier.turn(json!({ "credentials": [new.credential] })).await;
    new.tell(&shopper, &supplier).await.expect(204);
    old.tell(&shopper, &supplier).await.expect(401);
    let order = shopper.buy(&[(sku, 1)]).await;
    supplier.fulfil(&stack, &shopper, &order, 60).await;
    assert!(rotated.elapsed() < SOON, "{:?}", rotated.elapsed());
    let tasks = tasks_of(&stack, order.id).await;
    assert_eq!((tasks.len(), tasks[0].attempts()), (1, 1), "no call was made with the old one");
}
