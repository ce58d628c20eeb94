//! Webhooks at the console: they are made once, edited by one at a time, lead nowhere inside, and are paused when nobody is
//! there any more.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::merchant_webhook::{TestWebhook, WEBHOOKS, create};
use stack_tests::shopper::new_key;
use stack_tests::{Stack, wait_for};
use store::callbacks::CallbackFailure;

/// How long an event may take from the order to the webhook.
const TELLING: u64 = 60;

/// The webhook, once it is paused for this reason.
async fn paused(webhook: &TestWebhook, reason: &str) -> Value {
    wait_for(&format!("the webhook is {reason}"), TELLING, async || {
        let state = webhook.get("").await;
        (state["pause"]["reason"] == reason).then_some(state)
    })
    .await
}

/// What the audit trail tells of a webhook, the newest first.
async fn deeds(webhook: &TestWebhook) -> Vec<String> {
    let told = webhook
        .admin
        .get(&format!("/console/audit?subject=webhook:{}&limit=100", webhook.id))
        .await
        .expect(200);
    let items = told["items"].as_array().unwrap();
    items.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_is_gone_is_paused_at_once() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let order = webhook.order().await;
    webhook.plan(order.id, &[410]).await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    let delivery = webhook.delivery(&event, order.id, "failed", TELLING).await;
    assert_eq!((&delivery["status"], &delivery["nextAttemptAt"]), (&json!(410), &Value::Null));
    let state = paused(&webhook, "gone").await;
    assert_eq!((&state["status"], &state["pause"]["by"]), (&json!("paused"), &Value::Null));
    assert_eq!(state["lastFailure"], "answered 410");
    assert_eq!(deeds(&webhook).await.first().unwrap(), "webhook.paused");
    // A test is made all the same, to see whether it is back.
    let test = webhook.post("/test", &Value::Null).await.expect(200);
    assert_eq!(test["outcome"], "delivered");
    webhook.leave().await;
}

#[tokio::test]
async fn who_took_nothing_for_three_days_is_paused() {
    let stack = Stack::connect().await;
    let nowhere = format!("{}/none/such", stack.outputs.supplier_sim.clone().unwrap());
    let webhook = TestWebhook::at(stack, &nowhere, &["OrderReassigned"]).await;
    let id = webhook.id.parse().unwrap();
    let used = webhook.stack.database.merchant_webhook(id).await.unwrap().unwrap();
    let at = Timestamp::now() - SignedDuration::from_hours(3 * 24 + 1);
    let failure = CallbackFailure { at, reason: "answered 404".into() };
    webhook.stack.database.note_webhook_failure(&used, &failure).await.unwrap();
    let order = webhook.order().await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    let state = paused(&webhook, "dead").await;
    assert!(state["failingSince"].is_string() && state["lastFailure"] == "answered 404", "{state}");
    // What waited to be told again is held once its time comes.
    webhook.delivery(&event, order.id, "held", 120).await;

    let running = webhook.set_status("active").await;
    assert_eq!(running["failingSince"], Value::Null, "how long it took nothing counts anew");
    webhook.leave().await;
}

#[tokio::test]
async fn a_webhook_leads_nowhere_inside() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    for inside in [
        "http://erp.example/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://a:b@erp.example/",
        "erp",
    ] {
        let refused = create(&admin, &json!({ "url": inside, "types": ["OrderPaid"] }), &new_key()).await;
        assert_eq!(refused.pointers(), ["/url"], "{inside}");
        refused.expect(422);
    }
    // A name that leads to this machine is found out when it is called.
    let webhook = TestWebhook::at(stack, "https://localhost/", &["OrderReassigned"]).await;
    let test = webhook.post("/test", &Value::Null).await.expect(200);
    assert_eq!((&test["outcome"], &test["status"]), (&json!("forbidden"), &Value::Null), "{test}");
    webhook.leave().await;
}

#[tokio::test]
async fn a_webhook_is_made_once_and_edited_by_one_at_a_time() {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let key = new_key();
    let body = json!({ "url": webhook.inbox, "description": "Twice", "types": ["OrderReassigned"] });
    let one = create(&webhook.admin, &body, &key).await.expect(201);
    let two = create(&webhook.admin, &body, &key).await.expect(201);
    assert_eq!(one["id"], two["id"]);
    assert!(one["secret"].is_string() && two["secret"].is_null(), "the secret is shown once");
    let other = json!({ "url": webhook.inbox, "types": ["OrderPaid"] });
    create(&webhook.admin, &other, &key).await.expect(422);
    let path = format!("{WEBHOOKS}/{}", one["id"].as_str().unwrap());
    let delete = || webhook.admin.request(Method::DELETE, &path).header("If-Match", "\"1\"");
    assert_eq!(webhook.admin.send(delete()).await.status, 204);
    webhook.admin.send(delete()).await.expect(404);

    let version = webhook.get("").await["version"].clone();
    let changed =
        json!({ "url": webhook.inbox, "description": "Ours", "types": ["OrderReassigned", "TaskFailed"] });
    let after = webhook.put("", &version, &changed).await.expect(200);
    assert_eq!((&after["description"], after["types"].as_array().unwrap().len()), (&json!("Ours"), 2));
    let outdated = webhook.put("", &version, &changed).await.expect(412);
    assert_eq!(outdated["current"]["version"], after["version"]);
    let unversioned =
        webhook.admin.request(Method::PUT, &format!("{WEBHOOKS}/{}", webhook.id)).json(&changed);
    webhook.admin.send(unversioned).await.expect(428);
    let unknown =
        webhook.put("", &after["version"], &json!({ "url": webhook.inbox, "types": ["Nothing"] })).await;
    assert_eq!(unknown.pointers(), ["/types/0"]);
    assert_eq!(deeds(&webhook).await, ["webhook.updated", "webhook.created"]);

    let known = webhook.admin.get("/console/webhook-event-types").await.expect(200);
    let known = known["items"].as_array().unwrap();
    assert!(known.iter().any(|event| event["type"] == "OrderPaid" && event["group"] == "order"));
    assert!(known.iter().any(|event| event["type"] == "TaskCompleted" && event["group"] == "task"));
    webhook.leave().await;
}
