//! Real time: pages follow orders, tasks and queues, and hear what happens while it happens.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::page::{Page, followers, pay, placed, shown, topic};
use stack_tests::shopper::{GOOD_CARD, new_key, order_body};
use stack_tests::{Shopper, Stack, TestSupplier};

#[tokio::test]
async fn a_guests_page_hears_what_happens_to_the_order() {
    let stack = Stack::connect().await;
    let (shopper, order) = placed(&stack).await;
    let (mut page, topic) = (Page::open(&stack).await, topic(order.id));
    let following = page.follow(&[&topic], &shown(&order)).await;
    assert_eq!((&following["type"], &following["topics"]), (&json!("following"), &json!([topic])));
    let until: Timestamp = following["expiresAt"].as_str().unwrap().parse().unwrap();
    let left = until.duration_since(Timestamp::now());
    assert!(left > SignedDuration::from_mins(110) && left <= SignedDuration::from_hours(2), "{left}");

    pay(&shopper, &order).await;
    let paid = page.hear_of("OrderPaid", order.id).await;
    assert!(paid["id"].as_str().unwrap().starts_with("evt_") && paid["at"].is_string(), "{paid}");
    assert_eq!((&paid["type"], &paid["topic"]), (&json!("event"), &json!(topic)));
    assert_eq!((&paid["topics"], &paid["taskId"]), (&json!([topic]), &Value::Null));
    // It is the event of the order's timeline, and says no more of the order than that.
    let timeline = shopper.look_at(&order).await["timeline"].clone();
    let entry =
        timeline.as_array().unwrap().iter().find(|entry| entry["type"] == "OrderPaid").unwrap().clone();
    assert_eq!(entry["at"], paid["at"]);
    let members: BTreeSet<&str> = paid.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = ["at", "event", "id", "orderId", "taskId", "topic", "topics", "type"];
    assert_eq!(members, BTreeSet::from(wanted));

    // Nobody offers it: it needs attention, which the page hears of too. After that it wants to hear no more.
    page.hear_of("OrderNeedsAttention", order.id).await;
    let unfollowed = page.ask(json!({ "action": "unfollow", "topics": [topic] })).await;
    assert_eq!((&unfollowed["type"], &unfollowed["topics"]), (&json!("unfollowed"), &json!([topic])));
    assert_eq!(followers(&stack, order.id).await, []);
}

#[tokio::test]
async fn a_customer_follows_their_own_order() {
    let stack = Stack::connect().await;
    let (ada, product) = (stack.customer().await, stack.product(1, 5).await);
    let cart = ada.cart(&[(&product.skus[0], 1)]).await;
    let mut body = order_body(&cart);
    body.as_object_mut().unwrap().remove("email");
    let request = ada.request(Method::POST, "/me/orders").header("Idempotency-Key", new_key());
    let order = ada.send(request.json(&body)).await.expect(201);
    let id = order["id"].as_str().or_else(|| order["order"]["id"].as_str()).unwrap().to_owned();
    let mut page = Page::following(&stack, &[&format!("order:{id}")], &ada.tokens.id).await;
    let path = format!("/me/orders/{id}/payments");
    let request = ada.request(Method::POST, &path).header("Idempotency-Key", new_key());
    ada.send(request.json(&json!({ "provider": "sandbox", "cardNumber": GOOD_CARD }))).await.expect(200);
    page.hear_of("OrderPaid", &id).await;
}

#[tokio::test]
async fn staff_hear_of_tasks_until_their_token_ends() {
    let stack = Stack::connect().await;
    let (operator, product) = (stack.operator().await, stack.product(1, 5).await);
    let supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
    let mut page = Page::open(&stack).await;
    let answer =
        page.follow(&["orders", "tasks", "attention"], &json!({ "token": operator.tokens.id })).await;
    let until: Timestamp = answer["expiresAt"].as_str().unwrap().parse().unwrap();
    let left = until.duration_since(Timestamp::now());
    assert!(left > SignedDuration::ZERO && left <= SignedDuration::from_mins(15), "{left}");

    let shopper = Shopper::new(&stack);
    let order = shopper.buy(&[(&product.skus[0], 1)]).await;
    let planned = page.hear_of("TaskPlanned", order.id).await;
    assert_eq!((&planned["topic"], &planned["topics"]), (&json!("tasks"), &json!(["tasks"])));
    let task = planned["taskId"].clone();
    assert!(task.as_str().unwrap().starts_with("tsk_"), "{planned}");
    let submitted = page.hear_of("TaskSubmitted", order.id).await;
    assert_eq!(submitted["taskId"], task);
    supplier.fulfil(&stack, &shopper, &order, 60).await;
    let fulfilled = page.hear_of("OrderFulfilled", order.id).await;
    assert_eq!(fulfilled["topics"], json!(["orders", "attention"]), "one frame for both topics");
}

#[tokio::test]
async fn a_task_comes_to_each_status_once_even_if_the_teller_dies() {
    let stack = Stack::connect().await;
    let (operator, product) = (stack.operator().await, stack.product(1, 5).await);
    let supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
    let mut page = Page::following(&stack, &["tasks"], &operator.tokens.id).await;
    let (shopper, order) = (Shopper::new(&stack), Shopper::new(&stack).order(&[(&product.skus[0], 1)]).await);
    stack.kill_at("publish-task-events.after-put", order.id);
    pay(&shopper, &order).await;
    supplier.fulfil(&stack, &shopper, &order, 90).await;
    assert!(stack.was_killed_at("publish-task-events.after-put", order.id));
    let id = order.id.to_string();
    let last = |frame: &Value| frame["event"] == "TaskCompleted" && frame["orderId"] == id;
    let mut told = BTreeMap::<String, Vec<Value>>::new();
    for frame in page.all_until("the task is completed", last).await {
        if frame["orderId"] == id {
            told.entry(frame["event"].as_str().unwrap().to_owned()).or_default().push(frame["id"].clone());
        }
    }
    for event in ["TaskPlanned", "TaskSubmitting", "TaskSubmitted", "TaskCompleted"] {
        assert!(told.contains_key(event), "{event} is missing: {told:?}");
    }
    // What was told before the death was told again after it, as the same event.
    assert!(told.values().any(|ids| ids.len() > 1), "{told:?}");
    for (event, ids) in &told {
        assert!(ids.iter().all(|id| *id == ids[0]), "{event}: {ids:?}");
    }
}

#[tokio::test]
async fn pages_hear_how_the_queues_stand() {
    let stack = Stack::connect().await;
    let operator = stack.operator().await;
    let mut page = Page::following(&stack, &["queues"], &operator.tokens.id).await;
    stack.invoke("PushQueueDepths").await;
    let frame = page.hear("the queues", |frame| frame["event"] == "QueueDepths").await;
    assert_eq!((&frame["topics"], &frame["orderId"]), (&json!(["queues"]), &Value::Null));
    let listed = operator.get("/console/operations/queues").await.expect(200);
    let told = |list: &Value| -> Vec<(Value, Vec<String>)> {
        let members = |queue: &Value| queue.as_object().unwrap().keys().cloned().collect();
        list.as_array().unwrap().iter().map(|queue| (queue["name"].clone(), members(queue))).collect()
    };
    assert_eq!(told(&frame["queues"]), told(&listed["items"]), "the same queues in the same form");
}
