//! Orders that need somebody, and tasks that people do: what operators do about them in the console, and what becomes of the
//! goods, the stock and the money.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{Sku, Stock, SupplierStatus, TaskStatus};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::stack::TestProduct;
use stack_tests::supplier::tasks_of;
use stack_tests::{Answer, PlacedOrder, Shopper, SignedIn, Stack, TestSupplier, wait_for};

const DESK: &str = "/console/fulfilment";
/// The test number that pays, and to which nothing can be paid back.
const KEEPING_CARD: &str = "4000000000005126";

struct Desk {
    stack: Stack,
    operator: SignedIn,
    shopper: Shopper,
    product: TestProduct,
}

impl Desk {
    /// An article of which there are ten, and that nobody offers.
    async fn open() -> Self {
        let stack = Stack::connect().await;
        let (operator, shopper) = (stack.operator().await, Shopper::new(&stack));
        let product = stack.product(1, 10).await;
        Self { stack, operator, shopper, product }
    }

    fn sku(&self) -> &Sku {
        &self.product.skus[0]
    }

    async fn stock(&self) -> Stock {
        self.stack.stock(&self.product, self.sku()).await
    }

    /// A supplier of the article.
    async fn supplier(&self, priority: u32) -> TestSupplier {
        TestSupplier::new(&self.stack, priority, &[self.sku()]).await
    }

    /// People who send the article.
    async fn people(&self) -> TestSupplier {
        let people = self.supplier(1).await;
        people
            .change(&self.stack, |record| {
                record.adapter = "manual".into();
                record.configuration = json!({});
            })
            .await;
        people
    }

    /// An order of so many pieces that was paid with a card.
    async fn order(&self, pieces: i64, card: &str) -> PlacedOrder {
        let order = self.shopper.order(&[(self.sku(), pieces)]).await;
        self.shopper.pay_as(&order, card, &new_key()).await.expect(200);
        order
    }

    /// The same, which nobody sends.
    async fn stuck(&self, pieces: i64, card: &str) -> PlacedOrder {
        let order = self.order(pieces, card).await;
        self.shopper.wait_until(&order, "needsAttention", 60).await;
        order
    }

    async fn look(&self, order: &PlacedOrder) -> Value {
        self.operator.get(&format!("{DESK}/orders/{}", order.id)).await.expect(200)
    }

    async fn act(&self, order: &PlacedOrder, deed: &str, body: &Value, key: &str) -> Answer {
        self.post(&format!("{DESK}/orders/{}/{deed}", order.id), body, key).await
    }

    async fn post(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.operator.request(Method::POST, path).header("Idempotency-Key", key);
        self.operator.send(request.json(body)).await
    }

    /// The order's one open task, once it stands like this.
    async fn task(&self, order: &PlacedOrder, status: TaskStatus) -> domain::Task {
        wait_for(&format!("a task is {status}"), 60, async || {
            tasks_of(&self.stack, order.id).await.into_iter().find(|task| task.status() == status)
        })
        .await
    }

    /// Goes on with cancelled orders as the schedule does, until the order stands like this.
    async fn swept_until(&self, order: &PlacedOrder, status: &str) -> Value {
        wait_for(&format!("order {} is {status}", order.id), 120, async || {
            let _ = self.stack.tick("SweepTasks").await;
            let seen = self.shopper.look_at(order).await;
            (seen["status"] == status).then_some(seen)
        })
        .await
    }

    /// What the audit trail tells of something, the newest first.
    async fn deeds(&self, subject: &str) -> Vec<String> {
        let admin = self.stack.admin().await;
        let told = admin.get(&format!("/console/audit?subject={subject}&limit=100")).await.expect(200);
        let items = told["items"].as_array().unwrap();
        items.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
    }

    /// Whether the order is among those that need somebody.
    async fn needs_somebody(&self, order: &PlacedOrder) -> bool {
        let mut cursor = String::new();
        loop {
            let page = self.operator.get(&format!("{DESK}/attention?limit=100{cursor}")).await.expect(200);
            let items = page["items"].as_array().unwrap();
            if items.iter().any(|row| row["id"] == order.id.to_string()) {
                return true;
            }
            let Some(next) = page["nextCursor"].as_str() else { return false };
            cursor = format!("&cursor={next}");
        }
    }
}

/// How often something happened to an order.
fn times(order: &Value, event: &str) -> usize {
    order["timeline"].as_array().unwrap().iter().filter(|entry| entry["type"] == event).count()
}

#[tokio::test]
async fn an_order_that_nobody_could_send_goes_on_once_somebody_can() {
    let desk = Desk::open().await;
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
    let desk = Desk::open().await;
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
    let desk = Desk::open().await;
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
    let desk = Desk::open().await;
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

#[tokio::test]
async fn a_cancelled_order_is_paid_back_and_its_pieces_are_on_the_shelf_again() {
    let desk = Desk::open().await;
    let order = desk.stuck(4, GOOD_CARD).await;
    assert_eq!(desk.look(&order).await["refundable"], json!({ "amount": 1_000, "currency": "GBP" }));
    let sold = desk.stock().await;
    assert_eq!((sold.available, sold.sold), (6, 4));
    let (reason, key) = (json!({ "reason": "Nobody has it" }), new_key());
    for _ in 0..2 {
        let cancelled = desk.act(&order, "cancellation", &reason, &key).await.expect(200);
        assert_eq!(cancelled["status"], "refunded", "{cancelled}");
        let refund = &cancelled["cancellation"]["refund"];
        assert_eq!((&refund["amount"]["amount"], &refund["status"]), (&json!(1_000), &json!("refunded")));
        assert_eq!((&cancelled["actions"], &cancelled["refundable"]), (&json!([]), &Value::Null));
    }
    let again = desk.act(&order, "cancellation", &reason, &new_key()).await;
    assert_eq!(again.expect(409)["type"], "/problems/illegal-transition");
    let shelf = desk.stock().await;
    assert_eq!((shelf.available, shelf.reserved, shelf.sold), (10, 0, 0));
    let seen = desk.shopper.look_at(&order).await;
    assert_eq!((times(&seen, "OrderCancelled"), times(&seen, "OrderRefunded")), (1, 1), "{seen}");
    assert_eq!(desk.deeds(&format!("order:{}", order.id)).await, ["order.cancelled"]);
}

#[tokio::test]
async fn a_supplier_lets_go_of_a_cancelled_order() {
    let desk = Desk::open().await;
    let supplier = desk.supplier(1).await;
    supplier.turn(json!({ "workingAfterMs": 3_600_000, "completeAfterMs": 3_600_000 })).await;
    let order = desk.order(2, GOOD_CARD).await;
    desk.task(&order, TaskStatus::Submitted).await;
    let reason = json!({ "reason": "The customer changed their mind" });
    let cancelled = desk.act(&order, "cancellation", &reason, &new_key()).await.expect(200);
    assert!(["cancelled", "refunded"].contains(&cancelled["status"].as_str().unwrap()), "{cancelled}");
    desk.swept_until(&order, "refunded").await;
    assert_eq!(supplier.taken().await.len(), 0, "the supplier has called it off");
    let task = tasks_of(&desk.stack, order.id).await.pop().unwrap();
    assert_eq!(task.status(), TaskStatus::Cancelled);
    assert_eq!(desk.stock().await.available, 10);
}

#[tokio::test]
async fn what_was_sent_is_neither_paid_back_nor_back_on_the_shelf() {
    let desk = Desk::open().await;
    desk.people().await;
    let order = desk.order(4, GOOD_CARD).await;
    let task = desk.task(&order, TaskStatus::Submitted).await;
    let parcel = json!({ "items": [{ "sku": desk.sku(), "quantity": 3 }] });
    desk.post(&format!("{DESK}/tasks/{}/completion", task.id()), &parcel, &new_key()).await.expect(200);
    let reason = json!({ "reason": "The last piece is nowhere" });
    let cancelled = desk.act(&order, "cancellation", &reason, &new_key()).await.expect(200);
    assert_eq!(cancelled["cancellation"]["refund"]["amount"]["amount"], 250, "{cancelled}");
    let shelf = desk.stock().await;
    assert_eq!((shelf.available, shelf.sold), (7, 3));
}

#[tokio::test]
async fn a_refund_that_is_declined_calls_a_person() {
    let desk = Desk::open().await;
    let order = desk.stuck(2, KEEPING_CARD).await;
    let reason = json!({ "reason": "Nobody has it" });
    let declined = desk.act(&order, "cancellation", &reason, &new_key()).await.expect(200);
    assert_eq!(
        (&declined["status"], &declined["actions"]),
        (&json!("cancelled"), &json!(["retry"])),
        "{declined}"
    );
    assert!(declined["attention"].as_str().unwrap().contains("declined"), "{declined}");
    wait_for("it is listed", 20, async || desk.needs_somebody(&order).await.then_some(())).await;
    let retried = desk.act(&order, "retry", &json!({}), &new_key()).await.expect(200);
    assert_eq!(retried["cancellation"]["refund"]["status"], "declined", "{retried}");
    assert_eq!(desk.stock().await.available, 10, "the pieces are back on the shelf once");
    assert_eq!(desk.deeds(&format!("order:{}", order.id)).await, ["order.refundRetried", "order.cancelled"]);
}

#[tokio::test]
async fn a_function_that_dies_while_it_pays_back_pays_back_once() {
    for point in ["cancel-order.after-write", "calling-off.after-begin", "calling-off.after-refund"] {
        let desk = Desk::open().await;
        let order = desk.stuck(4, GOOD_CARD).await;
        desk.stack.kill_at(point, order.id);
        let reason = json!({ "reason": "Nobody has it" });
        let lost = desk.act(&order, "cancellation", &reason, &new_key()).await;
        assert!(lost.status.is_server_error(), "{point}: {}", lost.body);
        assert!(desk.stack.was_killed_at(point, order.id), "nobody came by {point}");
        let done = desk.swept_until(&order, "refunded").await;
        assert_eq!(
            (times(&done, "OrderCancelled"), times(&done, "OrderRefunded")),
            (1, 1),
            "{point}: {done}"
        );
        let shelf = desk.stock().await;
        assert_eq!((shelf.available, shelf.sold), (10, 0), "{point}");
    }
}
