//! The desk presses no supplier harder than it bears, leaves those alone that fail and comes back to them, and says what it
//! does not understand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::supplier::{Limits, Window};
use domain::{CircuitView, SupplierStatus, TaskStatus};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::supplier::tasks_of;
use stack_tests::{Desk, wait_for};
use store::health::HealthKind;

#[tokio::test]
async fn a_supplier_that_fails_is_left_alone_and_gets_work_again_when_it_works() {
    let desk = Desk::open().await;
    desk.first.turn(json!({ "faults": [{ "kind": "unavailable", "percent": 100 }] })).await;
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(desk.buy(1).await);
    }
    let database = &desk.stack.database;
    let view = async || database.circuit(desk.first.id).await.unwrap().value.view(Timestamp::now());
    desk.until("the circuit opens", 60, async || view().await != CircuitView::Closed).await;
    for order in &orders {
        desk.fulfilled(order, 180).await;
    }
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (0, 4));
    assert!(desk.logged(&desk.first, HealthKind::CircuitOpened).await);
    // Nobody touches it: the schedule finds out that it answers again.
    desk.first.turn(json!({ "faults": [] })).await;
    desk.until("the circuit closes", 240, async || view().await == CircuitView::Closed).await;
    assert!(desk.logged(&desk.first, HealthKind::CircuitClosed).await);
    let order = desk.buy(1).await;
    desk.fulfilled(&order, 120).await;
    assert_eq!(desk.first.taken().await.len(), 1);
}

#[tokio::test]
async fn a_task_that_nobody_else_can_take_waits_for_its_supplier() {
    let desk = Desk::open().await;
    desk.second.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Paused).await;
    desk.first.turn(json!({ "failNext": 5, "failStatus": 503, "failOn": ["place"] })).await;
    let order = desk.buy(1).await;
    desk.fulfilled(&order, 240).await;
    assert_eq!(tasks_of(&desk.stack, order.id).await.len(), 1);
    assert_eq!(desk.first.taken().await.len(), 1);
}

#[tokio::test]
async fn a_supplier_that_asks_for_a_rest_gets_it() {
    let desk = Desk::open().await;
    let fault = json!({ "kind": "tooMany", "on": ["place"], "next": 1, "retryAfterSeconds": 6 });
    desk.first.turn(json!({ "faults": [fault] })).await;
    let began = Timestamp::now();
    let order = desk.buy(1).await;
    desk.fulfilled(&order, 120).await;
    let taken = desk.first.taken_at().await;
    assert_eq!(taken.len(), 1);
    assert!(taken[0].duration_since(began) >= SignedDuration::from_secs(6), "{began} {taken:?}");
    assert!(desk.logged(&desk.first, HealthKind::AskedForRest).await);
}

#[tokio::test]
async fn a_task_that_waits_has_one_message_however_many_come() {
    let desk = Desk::open().await;
    desk.second.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Paused).await;
    let fault = json!({ "kind": "tooMany", "on": ["place"], "next": 1, "retryAfterSeconds": 20 });
    desk.first.turn(json!({ "faults": [fault] })).await;
    let order = desk.buy(1).await;
    let task = wait_for("the task waits", 60, async || {
        tasks_of(&desk.stack, order.id).await.into_iter().find(|task| task.not_before().is_some())
    })
    .await;
    let message = json!({ "taskId": task.id(), "orderId": order.id, "requestId": "test" });
    for _ in 0..3 {
        desk.stack.deliver("DispatchTask", &message).await;
    }
    let operator = desk.stack.operator().await;
    wait_for("three messages end", 20, async || {
        let path = format!("/console/operations/runs?limit=100&about={}", task.id());
        let runs = operator.get(&path).await.expect(200);
        let said =
            |run: &&Value| run["summary"].as_str().is_some_and(|said| said.contains("another message"));
        (runs["items"].as_array().unwrap().iter().filter(said).count() == 3).then_some(())
    })
    .await;
    desk.fulfilled(&order, 120).await;
    assert_eq!(desk.first.taken().await, [task.id()]);
}

#[tokio::test]
async fn a_supplier_is_called_no_more_often_than_it_bears() {
    let desk = Desk::open().await;
    let limits = Limits::parse(Some(30), Some(2)).unwrap();
    desk.first.change(&desk.stack, |record| record.supplier.limits = limits).await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(desk.buy(1).await);
    }
    for order in &orders {
        desk.fulfilled(order, 180).await;
    }
    let taken = desk.first.taken_at().await;
    assert_eq!(taken.len(), 6, "nobody else was needed");
    // Three of four calls place: 22.5 in a minute. Answers may bunch a little, turns do not.
    let took = taken[5].duration_since(taken[0]);
    assert!(took >= SignedDuration::from_secs(5 * 8 / 3 - 2), "{taken:?}");
}

#[tokio::test]
async fn a_drained_supplier_finishes_its_tasks_gets_no_new_ones_and_is_paused() {
    let desk = Desk::open().await;
    desk.first.turn(json!({ "completeAfterMs": 4_000 })).await;
    let order = desk.buy(1).await;
    let placed = async || !desk.first.taken().await.is_empty();
    desk.until("the first supplier has it", 60, placed).await;
    desk.first.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Draining).await;
    let next = desk.buy(1).await;
    desk.fulfilled(&next, 120).await;
    assert_eq!(desk.second.taken().await.len(), 1);
    desk.fulfilled(&order, 120).await;
    desk.until("it is paused", 60, async || {
        let stored = desk.stack.database.supplier(desk.first.id).await.unwrap().unwrap();
        stored.value.supplier.status == SupplierStatus::Paused
    })
    .await;
    assert!(desk.logged(&desk.first, HealthKind::Paused).await);
}

#[tokio::test]
async fn an_offer_holds_only_within_its_window() {
    let desk = Desk::open().await;
    desk.first
        .change_offer(&desk.stack, &desk.sku, |offer| offer.window = Window::parse(0, Some(1)).unwrap())
        .await;
    desk.second
        .change_offer(&desk.stack, &desk.sku, |offer| offer.window = Window::parse(8, None).unwrap())
        .await;
    // The first offer is over before anybody can plan; the second opens later: the task waits for it.
    let order = desk.shopper.order(&[(&desk.sku, 1)]).await;
    let began = Timestamp::now();
    desk.shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    desk.fulfilled(&order, 120).await;
    let taken = [desk.first.taken_at().await, desk.second.taken_at().await].concat();
    assert_eq!(taken.len(), 1);
    let waited = taken[0].duration_since(began);
    let first = desk.first.taken().await.len();
    assert!(first == 1 || waited >= SignedDuration::from_secs(7), "{waited}");
}

#[tokio::test]
async fn a_state_without_a_meaning_is_shown_and_never_guessed() {
    let desk = Desk::open().await;
    desk.first
        .change(&desk.stack, |record| {
            record.configuration["states"].as_object_mut().unwrap().remove("working");
        })
        .await;
    desk.first.turn(json!({ "completeAfterMs": null })).await;
    let order = desk.buy(1).await;
    let unknown = async || {
        let tasks = tasks_of(&desk.stack, order.id).await;
        tasks.first().is_some_and(|task| task.unknown_state() == Some("working"))
    };
    desk.until("the state is shown", 90, unknown).await;
    assert_eq!(tasks_of(&desk.stack, order.id).await[0].status(), TaskStatus::Submitted);
    assert!(desk.logged(&desk.first, HealthKind::UnknownState).await);
    // What it knows it still understands.
    desk.first.turn(json!({ "completeAfterMs": 0 })).await;
    desk.fulfilled(&order, 120).await;
    assert_eq!(tasks_of(&desk.stack, order.id).await[0].unknown_state(), None);
}

#[tokio::test]
async fn a_task_says_why_its_supplier_has_it_and_the_order_why_nobody_has() {
    let desk = Desk::open().await;
    desk.first.turn(json!({ "refuse": true, "refuseReason": "sold out" })).await;
    desk.second.turn(json!({ "refuse": true, "refuseReason": "gone fishing" })).await;
    let order = desk.buy(3).await;
    desk.shopper.wait_until(&order, "needsAttention", 120).await;
    let tasks = tasks_of(&desk.stack, order.id).await;
    assert_eq!(tasks[0].why()[0].considered[0].supplier_id, desk.first.id);
    let stored = desk.stack.database.order(order.id).await.unwrap().unwrap().value;
    assert_eq!(stored.unassigned().get(&desk.sku).map(|pieces| pieces.get()), Some(3));
    let reason = stored.attention().unwrap();
    for part in
        ["3 × ", "Supplier 1 had it, rejected", "sold out", "Supplier 2 had it, rejected", "gone fishing"]
    {
        assert!(reason.contains(part), "{part}: {reason}");
    }
}

#[tokio::test]
async fn a_supplier_of_people_is_never_asked_nor_late_without_a_lead_time() {
    let desk = Desk::open().await;
    desk.second.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Paused).await;
    desk.first
        .change(&desk.stack, |record| {
            record.adapter = "manual".into();
            record.configuration = json!({});
        })
        .await;
    desk.first.change_offer(&desk.stack, &desk.sku, |offer| offer.lead_time_seconds = 0).await;
    let order = desk.buy(1).await;
    let has_it = async || {
        let tasks = tasks_of(&desk.stack, order.id).await;
        tasks.first().is_some_and(|task| task.status() == TaskStatus::Submitted)
    };
    desk.until("it is on the work list", 60, has_it).await;
    desk.stack.invoke("SweepTasks").await;
    let task = tasks_of(&desk.stack, order.id).await.remove(0);
    assert_eq!((task.status(), task.next_poll_at()), (TaskStatus::Submitted, None));
    assert!(task.attention_at() > Timestamp::now() + SignedDuration::from_hours(24 * 365));
}
