//! Webhooks are told what happens: signed, once for each event, until they take it, and nowhere they should not be.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stack_tests::merchant_webhook::TestWebhook;
use stack_tests::supplier::fulfil;
use stack_tests::{TestSupplier, wait_for};
use suppliers::Secret;

/// How long an event may take from the order to the webhook.
const TELLING: u64 = 60;

#[tokio::test]
async fn a_webhook_is_told_of_orders_and_tasks() {
    let webhook = TestWebhook::listen(&["OrderPaid", "OrderFulfilled", "TaskCompleted"]).await;
    let product = webhook.stack.product(1, 10).await;
    let supplier = TestSupplier::new(&webhook.stack, 1, &[&product.skus[0]]).await;
    let order = webhook.shopper.buy(&[(&product.skus[0], 2)]).await;
    fulfil(&webhook.stack, &webhook.shopper, &order, &[&supplier], 120).await;

    let last = webhook.told("OrderFulfilled", order.id, TELLING).await;
    let shown = webhook.shopper.look_at(&order).await;
    assert_eq!(last.json()["data"], shown, "the order is told as its buyer sees it");
    let task = webhook.told("TaskCompleted", order.id, TELLING).await.json();
    assert_eq!(
        (&task["data"]["status"], &task["data"]["items"][0]["delivered"]),
        (&json!("completed"), &json!(2))
    );
    assert_eq!(task["data"]["supplier"]["id"], json!(supplier.id));
    webhook.told("OrderPaid", order.id, TELLING).await;

    let letters = webhook.letters(order.id).await;
    let kinds: BTreeSet<_> = letters.iter().map(|letter| letter.json()["type"].to_string()).collect();
    assert_eq!(kinds.len(), 3, "nothing else is told: {kinds:?}");
    for letter in &letters {
        let id = letter.verify(&webhook.secret).unwrap();
        assert!(letter.json()["timestamp"].is_string());
        let delivery = webhook.delivery(&id, order.id, "delivered", TELLING).await;
        assert_eq!((&delivery["type"], &delivery["status"]), (&letter.json()["type"], &json!(204)));
        let detail = webhook.detail(&delivery).await;
        assert_eq!(detail["history"].as_array().unwrap().len(), 1, "{detail}");
    }
    assert_eq!(letters.len(), 3, "each is told once");
    let state = webhook.get("").await;
    assert!(state["lastSuccessAt"].is_string() && state["secret"].is_null(), "{state}");
    webhook.leave().await;
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_under_the_same_name() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    webhook.plan(order.id, &[500, 500]).await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    let delivery = webhook.delivery(&event, order.id, "delivered", 120).await;
    assert_eq!((&delivery["attempts"], &delivery["detail"]), (&json!(3), &Value::Null));
    let letters = webhook.letters(order.id).await;
    let answered: Vec<_> = letters.iter().map(|letter| letter.answered).collect();
    assert_eq!(answered, [500, 500, 204]);
    assert!(webhook.heard(order.id).await.iter().all(|id| *id == event));

    let history = webhook.detail(&delivery).await["history"].clone();
    let tries: Vec<_> = history.as_array().unwrap().iter().map(|tried| tried["status"].clone()).collect();
    assert_eq!(tries, [204, 500, 500], "the latest first");
    let answer = history[1]["answer"].as_str().unwrap();
    assert!(answer.contains(&order.id.to_string()), "the beginning of the answer is kept: {answer}");
    for private in ["ada@example.org", "Ada Lovelace", "St James"] {
        assert!(letters[0].body.contains(private) && !answer.contains(private), "{private}: {answer}");
    }
    let listed = webhook.deliveries("&state=delivered&type=OrderReassigned", order.id).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(webhook.deliveries("&state=failed", order.id).await, Vec::<Value>::new());
    webhook.leave().await;
}

#[tokio::test]
async fn an_event_that_comes_twice_is_told_once() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    let (event, message) = webhook.happen("OrderReassigned", order.id).await;
    webhook.stack.send("FanOutQueueUrl", message.clone()).await;
    webhook.delivery(&event, order.id, "delivered", TELLING).await;
    webhook.stack.deliver("FanOutEvent", &message).await;
    // Of the same kind, and behind it in each queue: when it is told, so would be the doubles.
    let (next, _) = webhook.happen("OrderReassigned", order.id).await;
    webhook.delivery(&next, order.id, "delivered", TELLING).await;
    let told = webhook.heard(order.id).await;
    assert_eq!(told.iter().filter(|id| **id == event).count(), 1, "{told:?}");
    assert_eq!(webhook.deliveries("", order.id).await.len(), 2);
    webhook.leave().await;
}

#[tokio::test]
async fn who_dies_before_sending_off_comes_by_again() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    let kill = |event: &str| webhook.stack.kill_at("fan-out-event.before-send", event);
    let (event, _) = webhook.happen_after("OrderReassigned", order.id, kill).await;
    let delivery = webhook.delivery(&event, order.id, "delivered", 180).await;
    assert!(webhook.stack.was_killed_at("fan-out-event.before-send", &event));
    assert_eq!(delivery["attempts"], 1);
    assert_eq!(webhook.letters(order.id).await.len(), 1);
    webhook.leave().await;
}

#[tokio::test]
async fn who_dies_after_the_call_tells_it_again_under_the_same_name() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    // Other tests' webhooks are told of it too.
    let subject = |event: &str| format!("{}-{event}", webhook.id);
    let kill = |event: &str| webhook.stack.kill_at("deliver-webhook.after-call", subject(event));
    let (event, _) = webhook.happen_after("OrderReassigned", order.id, kill).await;
    let delivery = webhook.delivery(&event, order.id, "delivered", 240).await;
    assert!(webhook.stack.was_killed_at("deliver-webhook.after-call", subject(&event)));
    assert_eq!(delivery["attempts"], 2, "one that died counts: {delivery}");
    let told = webhook.heard(order.id).await;
    assert_eq!(told, [event.clone(), event]);
    webhook.leave().await;
}

#[tokio::test]
async fn something_can_be_told_anew() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    let delivery = webhook.delivery(&event, order.id, "delivered", TELLING).await;
    let replay = format!("/deliveries/{}/replay", delivery["id"].as_str().unwrap());
    assert_eq!(webhook.post(&replay, &Value::Null).await.status, 202);
    let told = wait_for("it is told anew", TELLING, async || {
        let told = webhook.heard(order.id).await;
        (told.len() == 2).then_some(told)
    })
    .await;
    assert_eq!(told, [event.clone(), event.clone()]);
    wait_for("that is written down", TELLING, async || {
        let again = webhook.delivery(&event, order.id, "delivered", TELLING).await;
        (again["attempts"] == 2).then_some(())
    })
    .await;
    webhook.set_status("paused").await;
    let refused = webhook.post(&replay, &Value::Null).await.expect(409);
    assert_eq!(refused["type"], "/problems/webhook-paused");
    webhook.leave().await;
}

#[tokio::test]
async fn what_happens_during_a_pause_is_held_and_told_when_it_is_asked_for() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    let paused = webhook.set_status("paused").await;
    assert_eq!((&paused["pause"]["reason"], &paused["pause"]["note"]), (&json!("byHand"), &json!("a test")));
    // The list of webhooks is an index, which may lag.
    wait_for("the pause is seen", TELLING, async || {
        let listed = webhook.stack.database.merchant_webhooks().await.unwrap();
        let mut own = listed.iter().map(|used| &used.webhook.value);
        own.find(|own| own.id.to_string() == webhook.id).is_some_and(|own| !own.is_active()).then_some(())
    })
    .await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    webhook.delivery(&event, order.id, "held", TELLING).await;
    assert!(webhook.letters(order.id).await.is_empty());
    let since = json!({ "since": "2026-01-01T00:00:00Z" });
    webhook.post("/recovery", &since).await.expect(409);

    let running = webhook.set_status("active").await;
    assert_eq!((&running["status"], &running["pause"]), (&json!("active"), &Value::Null));
    let recovery = webhook.post("/recovery", &since).await.expect(202);
    assert!(recovery["deliveries"].as_u64().unwrap() >= 1 && recovery["more"] == false, "{recovery}");
    webhook.delivery(&event, order.id, "delivered", TELLING).await;
    // What was taken is not told again.
    webhook.post("/recovery", &since).await.expect(202);
    let (next, _) = webhook.happen("OrderReassigned", order.id).await;
    webhook.delivery(&next, order.id, "delivered", TELLING).await;
    let told = webhook.heard(order.id).await;
    assert_eq!(told, [event, next]);
    webhook.leave().await;
}

#[tokio::test]
async fn a_new_secret_and_the_one_before_it_sign_side_by_side() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let renewed = webhook.post("/secret", &Value::Null).await.expect(201);
    let secret = Secret::new(renewed["secret"].as_str().unwrap());
    assert_ne!(secret, webhook.secret);
    assert_eq!(webhook.get("").await["previousSecretUntil"], renewed["previousSecretUntil"]);
    wait_for("the new secret is used", 90, async || {
        let test = webhook.post("/test", &Value::Null).await.expect(200);
        assert_eq!((&test["outcome"], &test["status"]), (&json!("delivered"), &json!(204)), "{test}");
        let ping = webhook.pinged().await;
        assert!(ping.verify(&webhook.secret).is_ok(), "the former secret signs for a day");
        ping.verify(&secret).ok()
    })
    .await;
    webhook.leave().await;
}
