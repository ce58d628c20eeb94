//! Whatever suppliers do, whatever comes twice: the order is fulfilled, and nobody has it twice.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use serde_json::{Value, json};
use stack_tests::stack::event;
use stack_tests::supplier::{fulfil, tasks_of};
use stack_tests::{PlacedOrder, Shopper, Stack, TestSupplier, wait_for};

use domain::TaskStatus;

struct Desk {
    stack: Stack,
    shopper: Shopper,
    order: PlacedOrder,
    first: TestSupplier,
    second: TestSupplier,
}

/// An order of 6 pieces that two suppliers can send; the first, which is asked first, with a fault.
async fn order_with(fault: Value, lead_time_seconds: u32) -> Desk {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 100).await;
    let sku = &product.skus[0];
    let first = TestSupplier::with_lead_time(&stack, 1, &[sku], lead_time_seconds).await;
    let second = TestSupplier::new(&stack, 2, &[sku]).await;
    first.turn(fault).await;
    let order = shopper.buy(&[(sku, 6)]).await;
    Desk { stack, shopper, order, first, second }
}

impl Desk {
    /// Waits until the order is fulfilled; then checks that six pieces were sent, and that nobody has anything twice.
    async fn fulfilled(&self, seconds: u64) -> Value {
        let done =
            fulfil(&self.stack, &self.shopper, &self.order, &[&self.first, &self.second], seconds).await;
        let items = done["shipments"].as_array().unwrap().iter().flat_map(|s| s["items"].as_array().unwrap());
        let pieces: i64 = items.map(|item| item["quantity"].as_i64().unwrap()).sum();
        assert_eq!(pieces, 6, "{}", done["shipments"]);
        self.first.assert_no_duplicates().await;
        self.second.assert_no_duplicates().await;
        done
    }

    async fn statuses(&self) -> Vec<TaskStatus> {
        tasks_of(&self.stack, self.order.id).await.iter().map(domain::Task::status).collect()
    }
}

#[tokio::test]
async fn a_supplier_loses_its_answer() {
    let desk = order_with(json!({ "loseResponses": 1 }), 3_600).await;
    desk.fulfilled(120).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (1, 0));
    assert_eq!(desk.statuses().await, [TaskStatus::Completed]);
}

#[tokio::test]
async fn a_supplier_loses_every_answer() {
    let desk = order_with(json!({ "loseResponses": 1_000 }), 3_600).await;
    desk.fulfilled(120).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (1, 0));
}

#[tokio::test]
async fn a_supplier_fails_for_a_while() {
    let desk = order_with(json!({ "failNext": 2, "failStatus": 500, "failOn": ["place"] }), 3_600).await;
    desk.fulfilled(120).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (1, 0));
}

#[tokio::test]
async fn a_supplier_is_down_for_good() {
    let desk =
        order_with(json!({ "failNext": 1_000_000, "failStatus": 503, "failOn": ["place"] }), 3_600).await;
    desk.fulfilled(180).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (0, 1));
    assert_eq!(desk.statuses().await, [TaskStatus::Failed, TaskStatus::Completed]);
}

#[tokio::test]
async fn a_supplier_refuses() {
    let desk = order_with(json!({ "refuse": true, "refuseReason": "sold out" }), 3_600).await;
    let done = desk.fulfilled(120).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (0, 1));
    assert_eq!(desk.statuses().await, [TaskStatus::Rejected, TaskStatus::Completed]);
    let tasks = tasks_of(&desk.stack, desk.order.id).await;
    assert!(tasks[0].reason().unwrap().ends_with("sold out"));
    let happened: Vec<_> =
        done["timeline"].as_array().unwrap().iter().map(|entry| entry["type"].clone()).collect();
    assert!(happened.contains(&json!("TaskReplaced")), "{happened:?}");
}

#[tokio::test]
async fn a_supplier_never_finishes() {
    let desk = order_with(json!({ "completeAfterMs": null }), 2).await;
    desk.fulfilled(120).await;
    assert_eq!(
        (desk.first.taken().await.len(), desk.second.taken().await.len()),
        (0, 1),
        "the first let go of it"
    );
    assert_eq!(desk.statuses().await, [TaskStatus::Cancelled, TaskStatus::Completed]);
}

#[tokio::test]
async fn a_supplier_sends_only_a_part() {
    let desk = order_with(json!({ "deliverAtMost": 2 }), 3_600).await;
    let done = desk.fulfilled(120).await;
    assert_eq!(done["shipments"].as_array().unwrap().len(), 2);
    let tasks = tasks_of(&desk.stack, desk.order.id).await;
    let pieces: Vec<_> =
        tasks.iter().map(|task| (task.items()[0].quantity.get(), task.items()[0].delivered)).collect();
    assert_eq!(pieces, [(6, 2), (4, 4)]);
}

#[tokio::test]
async fn what_nobody_can_send_calls_a_person() {
    let desk = order_with(json!({ "refuse": true }), 3_600).await;
    desk.second.turn(json!({ "refuse": true })).await;
    let stack = Stack::connect().await;
    let product = stack.product(1, 5).await;
    let order = desk.shopper.buy(&[(&product.skus[0], 1)]).await;
    desk.shopper.wait_until(&order, "needsAttention", 60).await;
    assert!(tasks_of(&stack, order.id).await.is_empty(), "nobody offers it");
}

#[tokio::test]
async fn each_message_may_come_twice() {
    let desk = order_with(json!({}), 3_600).await;
    let (stack, order) = (&desk.stack, desk.order.id);
    for _ in 0..3 {
        stack.send("PlanningQueueUrl", event("OrderPaid", order)).await;
        stack.send("ExpiryQueueUrl", event("OrderPlaced", order)).await;
    }
    let task =
        wait_for("the order has a task", 60, async || tasks_of(stack, order).await.first().cloned()).await;
    let dispatch = json!({ "taskId": task.id(), "orderId": order, "requestId": "test" });
    let sync = json!({ "supplierId": desk.first.id });
    for _ in 0..3 {
        stack.send("DispatchQueueUrl", dispatch.clone()).await;
        stack.send("SyncQueueUrl", sync.clone()).await;
    }
    desk.fulfilled(120).await;
    stack.deliver("PlanOrder", &event("OrderPaid", order)).await;
    stack.deliver("ExpireOrder", &event("OrderPlaced", order)).await;
    stack.deliver("DispatchTask", &dispatch).await;
    stack.deliver("SyncSupplier", &sync).await;
    stack.invoke("SweepTasks").await;
    assert_eq!(tasks_of(stack, order).await.len(), 1);
    assert_eq!(desk.first.taken().await, [task.id()]);
    assert!(desk.second.taken().await.is_empty());
}

#[tokio::test]
async fn a_poison_message_ends_in_its_dead_letter_queue_and_blocks_nobody() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 5).await;
    let supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
    let mark = ulid::Ulid::generate().to_string();
    for queue in ["PlanningQueueUrl", "DispatchQueueUrl", "SyncQueueUrl", "ExpiryQueueUrl"] {
        stack.send(queue, json!({ "poison": mark })).await;
    }
    let order = shopper.buy(&[(&product.skus[0], 1)]).await;
    supplier.fulfil(&stack, &shopper, &order, 60).await;
    for queue in
        ["PlanningDeadLettersUrl", "DispatchDeadLettersUrl", "SyncDeadLettersUrl", "ExpiryDeadLettersUrl"]
    {
        stack.wait_for_message(queue, &mark, 150).await;
    }
}
