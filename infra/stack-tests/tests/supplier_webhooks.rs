//! What suppliers tell of their own accord: believed only with their signature, and harmless when it comes late, twice or
//! in the wrong order.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{SupplierId, TaskStatus};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use stack_tests::shopper::new_key;
use stack_tests::supplier::tasks_of;
use stack_tests::{Answer, PlacedOrder, Shopper, Stack, TestSupplier, wait_for};

/// What the supplier signs with.
const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

struct Peer {
    stack: Stack,
    shopper: Shopper,
    supplier: TestSupplier,
    order: PlacedOrder,
    /// The supplier's name for the order's task.
    reference: String,
    code: String,
}

impl Peer {
    /// A supplier that has an order of three pieces, signs as `scheme` says, and does nothing by itself.
    async fn with(scheme: Value) -> Self {
        let stack = Stack::connect().await;
        let shopper = Shopper::new(&stack);
        let product = stack.product(1, 10).await;
        let sku = &product.skus[0];
        let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
        supplier.turn(json!({ "workingAfterMs": 3_600_000, "completeAfterMs": 3_600_000 })).await;
        supplier.change(&stack, |record| record.webhook = Some(scheme)).await;
        let order = shopper.buy(&[(sku, 3)]).await;
        let task = wait_for("the supplier has the task", 60, async || {
            let tasks = tasks_of(&stack, order.id).await;
            tasks.into_iter().find(|task| task.status() == TaskStatus::Submitted)
        })
        .await;
        let reference = task.supplier_reference().unwrap().to_owned();
        let code = format!("X-{sku}");
        let peer = Self { stack, shopper, supplier, order, reference, code };
        peer.set_secret().await;
        peer
    }

    async fn set_secret(&self) {
        let admin = self.stack.admin().await;
        let path = format!("/console/fulfilment/suppliers/{}/secrets/webhook", self.supplier.id);
        let value = json!({ "value": format!("whsec_{}", STANDARD.encode(KEY)) });
        admin.send(admin.request(Method::PUT, &path).json(&value)).await.expect(200);
    }

    /// What the supplier says of the order.
    fn says(&self, state: &str, delivered: u32) -> String {
        let items = json!([{ "code": self.code, "delivered": delivered }]);
        let order = json!({
            "id": self.reference, "state": state, "items": items, "carrier": "Royal Mail",
            "trackingNumber": "RM 7",
        });
        json!({ "orders": [order] }).to_string()
    }

    /// Sends a message under Standard Webhooks.
    async fn send(&self, id: &str, body: &str, at: Timestamp, key: &[u8]) -> Answer {
        let time = at.as_second().to_string();
        let signature = STANDARD.encode(hmac(key, format!("{id}.{time}.{body}").as_bytes()));
        let request = self
            .request(self.supplier.id)
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", format!("v1,{signature}"));
        self.shopper.send(request.body(body.to_owned())).await
    }

    fn request(&self, supplier: SupplierId) -> reqwest::RequestBuilder {
        let request = self.shopper.request(Method::POST, &format!("/webhooks/suppliers/{supplier}"));
        request.header("Content-Type", "application/json")
    }

    async fn tell(&self, id: &str, body: &str) {
        // A secret that was just set is used within a minute: one that was missing may be remembered as such.
        wait_for("the message is taken", 60, async || {
            let answer = self.send(id, body, Timestamp::now(), KEY).await;
            if answer.status == 404 { None } else { Some(answer.expect(204)) }
        })
        .await;
    }

    async fn order(&self) -> Value {
        self.shopper.look_at(&self.order).await
    }
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn standard() -> Value {
    json!({ "kind": "standardWebhooks" })
}

#[tokio::test]
async fn a_supplier_that_tells_is_not_waited_for() {
    let peer = Peer::with(standard()).await;
    peer.tell(&new_key(), &peer.says("working", 0)).await;
    let task = tasks_of(&peer.stack, peer.order.id).await.pop().unwrap();
    assert_eq!(task.status(), TaskStatus::InProgress);
    let (id, done) = (new_key(), peer.says("shipped", 3));
    peer.tell(&id, &done).await;
    let fulfilled = peer.order().await;
    assert_eq!(fulfilled["status"], "fulfilled", "the answer comes after all of it is written down");
    assert_eq!(fulfilled["shipments"][0]["trackingNumber"], "RM 7", "{fulfilled}");
    // The same message, the same news under another name, and news that are older.
    peer.tell(&id, &done).await;
    peer.tell(&new_key(), &done).await;
    peer.tell(&new_key(), &peer.says("working", 0)).await;
    assert_eq!(peer.order().await, fulfilled);
}

#[tokio::test]
async fn nobody_is_believed_without_the_supplier_s_signature() {
    let peer = Peer::with(standard()).await;
    peer.tell(&new_key(), &peer.says("working", 0)).await;
    let (now, body) = (Timestamp::now(), peer.says("shipped", 3));
    let old = now - SignedDuration::from_mins(6);
    for (at, key) in [(now, &b"another key"[..]), (old, KEY), (now + SignedDuration::from_mins(6), KEY)] {
        let answer = peer.send(&new_key(), &body, at, key).await;
        assert_eq!(answer.expect(401)["type"], "/problems/bad-signature");
    }
    let unsigned = peer.shopper.send(peer.request(peer.supplier.id).body(body.clone())).await;
    unsigned.expect(401);
    let nobody = peer.shopper.send(peer.request(SupplierId::generate()).body(body.clone())).await;
    nobody.expect(404);
    let nonsense = peer.send(&new_key(), "no json", Timestamp::now(), KEY).await;
    nonsense.expect(422);
    assert_eq!(peer.order().await["status"], "fulfilling");
    peer.supplier.change(&peer.stack, |record| record.webhook = None).await;
    peer.send(&new_key(), &body, Timestamp::now(), KEY).await.expect(404);
    assert_eq!(peer.order().await["status"], "fulfilling");
}

#[tokio::test]
async fn a_plain_signature_does_as_well() {
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    let scheme = json!({
        "kind": "hmac", "header": "X-Signature", "algorithm": "sha256", "encoding": "base64", "prefix": "v0=",
        "timestampHeader": "X-Time",
    });
    let peer = Peer::with(scheme).await;
    let body = peer.says("shipped", 3);
    let send = async |time: String| {
        let signature = STANDARD.encode(hmac(secret.as_bytes(), format!("{time}.{body}").as_bytes()));
        let request = peer.request(peer.supplier.id);
        let request = request.header("X-Signature", format!("v0={signature}")).header("X-Time", time);
        peer.shopper.send(request.body(body.clone())).await
    };
    let old = Timestamp::now() - SignedDuration::from_mins(6);
    wait_for("the message is too old", 60, async || {
        let answer = send(old.as_second().to_string()).await;
        if answer.status == 404 { None } else { Some(answer.expect(401)) }
    })
    .await;
    assert_eq!(peer.order().await["status"], "fulfilling");
    for _ in 0..2 {
        send(Timestamp::now().as_second().to_string()).await.expect(204);
    }
    let done = peer.order().await;
    assert_eq!((&done["status"], done["shipments"].as_array().unwrap().len()), (&json!("fulfilled"), 1));
}

#[tokio::test]
async fn an_order_that_is_not_known_yet_is_not_forgotten() {
    let peer = Peer::with(standard()).await;
    let unknown = json!({ "orders": [{ "id": "so_nobodys", "state": "shipped", "items": [] }] }).to_string();
    let id = new_key();
    peer.tell(&id, &unknown).await;
    // The supplier sends the same message again, which tells of an order that we know by then.
    peer.tell(&id, &peer.says("shipped", 3)).await;
    assert_eq!(peer.order().await["status"], "fulfilled");
}
