//! Orders that need somebody, and tasks that people do: what operators do about them in the console, and what becomes of the
//! goods.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{SupplierStatus, TaskStatus};
use serde_json::{Value, json};
use stack_tests::order_desk::{DESK, OrderDesk, times};
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::supplier::tasks_of;
use stack_tests::wait_for;

#[tokio::test]
async fn an_order_that_nobody_could_send_goes_on_once_somebody_can() {
    let desk = OrderDesk::open().await;
    let order = desk.stuck(3, GOOD_CARD).await;
    let seen = desk.look(&order).await;
    assert_eq!(seen["unassigned"][0]["quantity"], 3, "{seen}");
    assert_eq!(seen["unassigned"][0]["candidates"], json!([]));
    assert_eq!(seen["actions"], json!(["retry", "assign", "ship", "cancel"]));
    assert!(seen["attention"].as_str().unwrap().contains("nobody offers it"), "{seen}");
    wait_for("it is listed", 20, async || desk.needs_somebody(&order).await.then_some(())).await;
    let refused = desk.act(&order, "retry", &json!({}), &new_key()).await;
    assert_eq!(refused.expect(409)["type"], "/problems/unroutable");

    let supplier = desk.supplier(1).await;
    let key = new_key();
    // A new supplier may be missing in the index for a moment.
    let retried = wait_for("somebody takes it", 20, async || {
        let answer = desk.act(&order, "retry", &json!({}), &key).await;
        (answer.status == 200).then_some(answer.body)
    })
    .await;
    assert_eq!((&retried["unassigned"], &retried["attention"]), (&json!([]), &Value::Null), "{retried}");
    assert_eq!(retried["tasks"].as_array().unwrap().len(), 1);
    let again = desk.act(&order, "retry", &json!({}), &key).await.expect(200);
    assert_eq!(again["tasks"].as_array().unwrap().len(), 1, "a repeated request has no second effect");
    let done = supplier.fulfil(&desk.stack, &desk.shopper, &order, 120).await;
    assert_eq!(times(&done, "OrderReassigned"), 1);
    supplier.assert_no_duplicates().await;
    wait_for("it is no longer listed", 20, async || (!desk.needs_somebody(&order).await).then_some(())).await;
    assert_eq!(desk.deeds(&format!("order:{}", order.id)).await, ["order.retried"]);
}

#[tokio::test]
async fn a_person_says_who_sends_what_and_sends_the_rest() {
    let desk = OrderDesk::open().await;
    let order = desk.stuck(5, GOOD_CARD).await;
    let supplier = desk.supplier(1).await;
    let line = |pieces: i64| json!({ "sku": desk.sku(), "quantity": pieces, "supplierId": supplier.id });
    let lines = json!({ "lines": [line(2)] });

    supplier.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Paused).await;
    let paused = desk.act(&order, "assignments", &lines, &new_key()).await;
    assert_eq!((paused.status.as_u16(), paused.pointers()), (422, vec!["/lines/0/supplierId"]));
    let offered = wait_for("the offer is seen", 20, async || {
        let seen = desk.look(&order).await;
        seen["unassigned"][0]["candidates"][0].is_object().then_some(seen)
    })
    .await;
    assert_eq!(offered["unassigned"][0]["candidates"][0]["refusal"], "paused", "{offered}");
    supplier.change(&desk.stack, |record| record.supplier.status = SupplierStatus::Active).await;
    let too_many = desk.act(&order, "assignments", &json!({ "lines": [line(6)] }), &new_key()).await;
    assert_eq!((too_many.status.as_u16(), too_many.pointers()), (422, vec!["/lines/0/quantity"]));

    let key = new_key();
    let assigned = desk.act(&order, "assignments", &lines, &key).await.expect(200);
    assert_eq!(
        (&assigned["status"], &assigned["unassigned"][0]["quantity"]),
        (&json!("needsAttention"), &json!(3))
    );
    let again = desk.act(&order, "assignments", &lines, &key).await.expect(200);
    assert_eq!(again["unassigned"][0]["quantity"], 3, "a repeated request has no second effect");
    let other = desk.act(&order, "assignments", &json!({ "lines": [line(1)] }), &key).await;
    assert_eq!(other.expect(422)["type"], "/problems/idempotency-key-reused");

    let parcel = json!({ "carrier": "Royal Mail", "trackingNumber": "RM 1" });
    let no_carrier = desk.act(&order, "shipments", &json!({}), &new_key()).await;
    assert_eq!((no_carrier.status.as_u16(), no_carrier.pointers()), (422, vec!["/carrier"]));
    let key = new_key();
    let sent = desk.act(&order, "shipments", &parcel, &key).await.expect(200);
    assert_eq!(sent["unassigned"], json!([]), "{sent}");
    let again = desk.act(&order, "shipments", &parcel, &key).await.expect(200);
    let by_hand = |order: &Value| {
        let shipments = order["shipments"].as_array().unwrap();
        shipments.iter().filter(|shipment| shipment["trackingNumber"] == "RM 1").count()
    };
    assert_eq!(by_hand(&again), 1, "{again}");
    let done = supplier.fulfil(&desk.stack, &desk.shopper, &order, 120).await;
    assert_eq!(by_hand(&done), 1, "the customer sees the parcel");
    let pieces: i64 = done["shipments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|shipment| shipment["items"][0]["quantity"].as_i64().unwrap())
        .sum();
    assert_eq!(pieces, 5);
    let deeds = desk.deeds(&format!("order:{}", order.id)).await;
    assert_eq!(deeds, ["order.sentByHand", "order.assigned"]);
}

#[tokio::test]
async fn people_do_the_tasks_of_their_list() {
    let desk = OrderDesk::open().await;
    let people = desk.people().await;
    let order = desk.order(4, GOOD_CARD).await;
    let task = desk.task(&order, TaskStatus::Submitted).await;
    let listed = wait_for("the task is listed", 20, async || {
        let path = format!("{DESK}/tasks?supplier={}&status=open", people.id);
        let page = desk.operator.get(&path).await.expect(200);
        page["items"].as_array().unwrap().first().cloned()
    })
    .await;
    assert_eq!((&listed["id"], &listed["status"]), (&json!(task.id()), &json!("submitted")), "{listed}");
    let path = format!("{DESK}/tasks/{}", task.id());
    let seen = desk.operator.get(&path).await.expect(200);
    assert_eq!(seen["actions"], json!(["complete", "refuse"]), "{seen}");
    assert!(seen["items"][0]["title"].is_string(), "{seen}");

    // Three of four were there; nobody else has the fourth.
    let parcel = json!({ "carrier": "Royal Mail", "items": [{ "sku": desk.sku(), "quantity": 3 }] });
    let key = new_key();
    for _ in 0..2 {
        let done = desk.post(&format!("{path}/completion"), &parcel, &key).await.expect(200);
        assert_eq!((&done["status"], &done["items"][0]["delivered"]), (&json!("completed"), &json!(3)));
        assert_eq!(done["actions"], json!([]));
    }
    let refusal = json!({ "reason": "Too late" });
    let late = desk.post(&format!("{path}/refusal"), &refusal, &new_key()).await;
    assert_eq!(late.expect(409)["type"], "/problems/not-by-hand");
    let order_now = desk.look(&order).await;
    assert_eq!(
        (&order_now["status"], &order_now["lines"][0]["shipped"]),
        (&json!("needsAttention"), &json!(3))
    );
    assert_eq!(order_now["unassigned"][0]["quantity"], 1, "{order_now}");
    assert_eq!(order_now["shipments"].as_array().unwrap().len(), 1);
    assert_eq!(desk.deeds(&format!("task:{}", task.id())).await, ["task.completed"]);
    wait_for("it is listed with those that are done", 20, async || {
        let path = format!("{DESK}/tasks?supplier={}&status=completed", people.id);
        let page = desk.operator.get(&path).await.expect(200);
        page["items"].as_array().unwrap().iter().any(|row| row["id"] == task.id().to_string()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_task_that_people_cannot_do_goes_to_somebody_else() {
    let desk = OrderDesk::open().await;
    desk.people().await;
    let second = desk.supplier(2).await;
    let order = desk.order(2, GOOD_CARD).await;
    let task = desk.task(&order, TaskStatus::Submitted).await;
    let path = format!("{DESK}/tasks/{}", task.id());
    let refused = desk.post(&format!("{path}/refusal"), &json!({ "reason": "Sold out" }), &new_key()).await;
    let refused = refused.expect(200);
    assert_eq!((&refused["status"], &refused["reason"]), (&json!("rejected"), &json!("Sold out")));
    second.fulfil(&desk.stack, &desk.shopper, &order, 120).await;
    assert_eq!(second.taken().await.len(), 1);
    // What a program does is not for people to end.
    let theirs = tasks_of(&desk.stack, order.id).await.pop().unwrap();
    let path = format!("{DESK}/tasks/{}/completion", theirs.id());
    assert_eq!(desk.post(&path, &json!({}), &new_key()).await.expect(409)["type"], "/problems/not-by-hand");
}
