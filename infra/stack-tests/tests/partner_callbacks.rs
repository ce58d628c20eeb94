//! Partners are told of their orders: signed, until their programs take it, and nowhere they should not be.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;

use domain::OrderEventType;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::listener::Listener;
use stack_tests::partner::new_key;
use stack_tests::{Shopper, TestSupplier, wait_for};
use suppliers::Secret;

/// How long an event may take from the order to the partner's program.
const TELLING: u64 = 60;

/// A partner that listens and has one order, which was turned away: nothing more happens to it by itself.
async fn rejected() -> (Listener, Secret, Value) {
    let partner = Listener::new().await;
    let secret = partner.listen().await;
    let product = partner.stack.product(1, 1).await;
    let reference = partner.order(&product.skus[0], 2).await;
    let order = partner.wait_until(&reference, "rejected").await;
    (partner, secret, order)
}

#[tokio::test]
async fn a_partner_is_told_of_all_that_happens_to_an_order() {
    let partner = Listener::new().await;
    let secret = partner.listen().await;
    let product = partner.stack.product(1, 10).await;
    let supplier = TestSupplier::new(&partner.stack, 1, &[&product.skus[0]]).await;
    let reference = partner.order(&product.skus[0], 3).await;
    let fulfilled = partner.fulfilled(&reference, &supplier, 120).await;
    let last = partner.told("OrderFulfilled", TELLING).await.pop().unwrap();
    assert_eq!(last.json()["order"], fulfilled, "the order is told as the partner sees it");
    for kind in ["OrderPlaced", "OrderPaid", "OrderPlanned", "TaskCompleted"] {
        partner.told(kind, TELLING).await;
    }
    for letter in partner.letters().await {
        let id = letter.verify(&secret).unwrap();
        assert!(id.starts_with("evt_"), "{id}");
        assert_eq!(letter.json()["order"]["reference"], json!(reference));
        let delivery = partner.delivery(&id, "delivered", TELLING).await;
        assert_eq!((&delivery["type"], &delivery["status"]), (&letter.json()["type"], &json!(204)));
    }
    let callback = partner.callback().await;
    assert!(callback["lastSuccessAt"].is_string() && callback["lastFailureAt"].is_null(), "{callback}");
    assert_eq!(callback["secret"], Value::Null, "the secret is shown once");
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_under_the_same_name() {
    let partner = Listener::new().await;
    let secret = partner.listen().await;
    partner.plan(json!([{ "status": 500 }, { "status": 500 }])).await;
    let product = partner.stack.product(1, 1).await;
    let reference = partner.order(&product.skus[0], 2).await;
    let letters = wait_for("it is taken", 120, async || {
        let letters = partner.letters().await;
        letters.last().is_some_and(|letter| letter.answered == 204).then_some(letters)
    })
    .await;
    let answered: Vec<_> = letters.iter().map(|letter| letter.answered).collect();
    assert_eq!(answered, [500, 500, 204]);
    let ids: BTreeSet<_> = letters.iter().map(|letter| letter.verify(&secret).unwrap()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let said = letters[2].json();
    assert_eq!(
        (&said["type"], &said["order"]["status"]),
        (&json!("PartnerOrderRejected"), &json!("rejected"))
    );
    assert_eq!(said["order"]["reference"], json!(reference));
    let delivery = partner.delivery(ids.first().unwrap(), "delivered", TELLING).await;
    assert_eq!((&delivery["attempt"], &delivery["detail"]), (&json!(3), &Value::Null));
    let callback = partner.callback().await;
    assert_eq!(callback["lastFailure"], "answered 500");
}

#[tokio::test]
async fn a_message_that_comes_twice_is_told_once_and_one_that_died_is_told_again() {
    let (partner, secret, order) = rejected().await;
    let first = partner.told("PartnerOrderRejected", TELLING).await.pop().unwrap();
    let event = first.verify(&secret).unwrap();
    partner.delivery(&event, "delivered", TELLING).await;

    let (_, mut message) = partner.event(OrderEventType::PartnerOrderRejected, &order);
    message["detail"]["id"] = json!(event);
    partner.stack.deliver("SendPartnerCallback", &message).await;
    assert_eq!(partner.letters().await.len(), 1);

    // It dies between the call and what it writes down of it: the program hears twice, and can tell.
    let (event, message) = partner.event(OrderEventType::OrderNeedsAttention, &order);
    partner.stack.kill_at("send-partner-callback.after-call", event.order_id);
    partner.stack.send("CallbackQueueUrl", message).await;
    let delivery = partner.delivery(event.id, "delivered", 120).await;
    assert!(partner.stack.was_killed_at("send-partner-callback.after-call", event.order_id));
    assert_eq!(delivery["attempt"], 1, "{delivery}");
    let heard = partner.told("OrderNeedsAttention", TELLING).await;
    let ids: Vec<_> = heard.iter().map(|letter| letter.verify(&secret).unwrap()).collect();
    assert_eq!(ids, [event.id.to_string(), event.id.to_string()]);
}

#[tokio::test]
async fn who_is_gone_is_not_called_until_the_callback_is_set_again() {
    let (partner, _, order) = rejected().await;
    partner.told("PartnerOrderRejected", TELLING).await;
    partner.plan(json!([{ "status": 410 }])).await;
    let (event, message) = partner.event(OrderEventType::OrderCancelled, &order);
    partner.stack.deliver("SendPartnerCallback", &message).await;
    let delivery = partner.delivery(event.id, "switchedOff", TELLING).await;
    assert_eq!((&delivery["status"], &delivery["nextAttemptAt"]), (&json!(410), &Value::Null));
    let callback = partner.callback().await;
    assert!(callback["pausedAt"].is_string(), "{callback}");
    let keys = partner.admin.get("/console/partner-keys").await.expect(200);
    let mut keys = keys["items"].as_array().unwrap().iter();
    let key = keys.find(|key| key["partnerId"] == json!(partner.id())).unwrap();
    assert_eq!(key["callback"]["paused"], true, "{key}");
    assert_eq!(key["callback"]["host"], "127.0.0.1");
    assert_eq!(key["callback"]["lastFailure"], "answered 410");

    let before = partner.letters().await.len();
    let (_, message) = partner.event(OrderEventType::OrderRefunded, &order);
    partner.stack.deliver("SendPartnerCallback", &message).await;
    assert_eq!(partner.letters().await.len(), before);
    let again = partner.set_callback(&partner.inbox).await.expect(200);
    assert_eq!((&again["pausedAt"], &again["secret"]), (&Value::Null, &Value::Null));
    partner.stack.deliver("SendPartnerCallback", &message).await;
    assert_eq!(partner.letters().await.len(), before + 1);
}

#[tokio::test]
async fn a_partner_without_a_key_is_told_nothing_any_more() {
    let (partner, _, order) = rejected().await;
    partner.told("PartnerOrderRejected", TELLING).await;
    let path = format!("/console/partner-keys/{}", partner.key["id"].as_str().unwrap());
    assert_eq!(partner.admin.send(partner.admin.request(Method::DELETE, &path)).await.status, 204);
    let before = partner.letters().await.len();
    let (_, message) = partner.event(OrderEventType::OrderRefunded, &order);
    partner.stack.deliver("SendPartnerCallback", &message).await;
    assert_eq!(partner.letters().await.len(), before);
    let callback = partner.stack.database.callback(partner.id()).await.unwrap().unwrap().callback.value;
    assert!(callback.paused_at.is_some(), "{callback:?}");
}

#[tokio::test]
async fn a_call_leads_nowhere_inside() {
    let partner = Listener::new().await;
    for inside in [
        "http://partner.example/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://a:b@partner.example/",
        "partner",
    ] {
        let refused = partner.set_callback(inside).await;
        assert_eq!(refused.pointers(), ["/url"], "{inside}");
        refused.expect(422);
    }
    partner.listen().await;
    let good = partner.test().await;
    assert_eq!((&good["outcome"], &good["status"]), (&json!("delivered"), &json!(204)), "{good}");
    partner.plan(json!([{ "status": 307, "location": "http://169.254.169.254/latest/meta-data" }])).await;
    let redirected = partner.test().await;
    assert_eq!((&redirected["outcome"], &redirected["status"]), (&json!("refused"), &json!(307)));
    // A name that leads to this machine is found out when it is called.
    partner.set_callback("https://localhost/").await.expect(200);
    assert_eq!(partner.test().await["outcome"], "forbidden");
    let pings = partner.letters().await;
    assert!(pings.iter().all(|ping| ping.json()["type"] == "Ping"), "{pings:?}");
}

#[tokio::test]
async fn a_new_secret_and_the_one_before_it_sign_side_by_side() {
    let partner = Listener::new().await;
    let one = partner.listen().await;
    let request = partner.program.request(Method::POST, "/partner/callback/secret");
    let renewed = partner.program.send(request).await.expect(201);
    let two = Secret::new(renewed["secret"].as_str().unwrap());
    assert_ne!(one, two);
    let callback = partner.callback().await;
    assert_eq!(callback["previousSecretUntil"], renewed["previousSecretUntil"]);
    wait_for("the new secret is used", 60, async || {
        partner.test().await;
        let ping = partner.letters().await.pop().unwrap();
        assert!(ping.verify(&one).is_ok(), "the former secret signs for a day");
        ping.verify(&two).ok()
    })
    .await;

    let request = partner.program.request(Method::DELETE, "/partner/callback");
    assert_eq!(partner.program.send(request).await.status, 204);
    partner.program.get("/partner/callback").await.expect(404);
    let three = partner.listen().await;
    assert!(three != one && three != two, "a callback that was deleted begins anew");
}

#[tokio::test]
async fn a_callback_is_nobody_else_s() {
    let (partner, other) = (Listener::new().await, Listener::new().await);
    partner.listen().await;
    other.program.get("/partner/callback").await.expect(404);
    let none = other.program.get("/partner/callback/deliveries").await.expect(200);
    assert_eq!(none["items"], json!([]));
    let key = new_key(&partner.admin, json!({ "name": "Reader", "scopes": ["catalog:read"] })).await;
    let reader = Shopper::new(&partner.stack).with_token(key["key"].as_str().unwrap());
    reader.get("/partner/callback").await.expect(403);
}
