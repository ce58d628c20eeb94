//! A function may die at any line: the order is placed once, charged once, planned once, placed once with its supplier,
//! and nothing is stuck.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::circuit::{self, Circuit, CircuitView};
use domain::supplier::Limits;
use domain::{Budget, Currency, Money, Stock, Tally};
use serde_json::json;
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::stack::{TestProduct, event};
use stack_tests::supplier::{fulfil, tasks_of};
use stack_tests::{PlacedOrder, Shopper, Stack, TestSupplier, wait_for};
use store::Versioned;

struct Shop {
    stack: Stack,
    shopper: Shopper,
    product: TestProduct,
    supplier: TestSupplier,
}

impl Shop {
    async fn open() -> Self {
        let stack = Stack::connect().await;
        let shopper = Shopper::new(&stack);
        let product = stack.product(1, 10).await;
        let supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
        Self { stack, shopper, product, supplier }
    }

    async fn order(&self) -> PlacedOrder {
        self.shopper.order(&[(&self.product.skus[0], 4)]).await
    }

    /// Checks that all of it happened, and once.
    async fn all_happened_once(&self, order: &PlacedOrder) {
        let done = self.supplier.fulfil(&self.stack, &self.shopper, order, 200).await;
        let entries = done["timeline"].as_array().unwrap();
        for event in ["OrderPlaced", "OrderPaid", "OrderPlanned", "TaskCompleted", "OrderFulfilled"] {
            let times = entries.iter().filter(|entry| entry["type"] == event).count();
            assert_eq!(times, 1, "{event}: {entries:?}");
        }
        assert_eq!(tasks_of(&self.stack, order.id).await.len(), 1);
        self.supplier.assert_no_duplicates().await;
        assert_eq!(self.supplier.taken().await.len(), 1);
        let stock = self.stack.stock(&self.product, &self.product.skus[0]).await;
        assert_eq!(stock, Stock { available: 6, reserved: 0, sold: 4 });
    }

    /// Buys, with a function killed once at `point`, and checks that all of it happened once.
    async fn survives(&self, point: &str) {
        let order = self.order().await;
        self.stack.kill_at(point, order.id);
        let key = new_key();
        let mut answer = self.shopper.pay_as(&order, GOOD_CARD, &key).await;
        if answer.status.is_server_error() {
            answer = self.shopper.pay_as(&order, GOOD_CARD, &key).await;
        }
        assert_eq!(answer.expect(200)["payment"]["status"], "captured");
        self.all_happened_once(&order).await;
        assert!(self.stack.was_killed_at(point, order.id), "nobody came by {point}");
    }
}

#[tokio::test]
async fn placing_is_killed_after_its_write() {
    let shop = Shop::open().await;
    let cart = shop.shopper.cart(&[(&shop.product.skus[0], 4)]).await;
    let key = new_key();
    shop.stack.kill_at("place-order.after-write", &cart);
    let lost = shop.shopper.place_as(&cart, &key).await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    let order = PlacedOrder::read(shop.shopper.place_as(&cart, &key).await.expect(201));
    shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    shop.all_happened_once(&order).await;
}

#[tokio::test]
async fn paying_is_killed_after_it_began() {
    Shop::open().await.survives("pay-order.after-begin").await;
}

#[tokio::test]
async fn paying_is_killed_after_the_money_moved() {
    Shop::open().await.survives("settle.after-confirm").await;
}

#[tokio::test]
async fn paying_is_killed_after_its_write() {
    Shop::open().await.survives("settle.after-write").await;
}

#[tokio::test]
async fn a_payment_left_in_the_middle_is_found_by_the_next_one() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    shop.stack.kill_at("settle.after-confirm", order.id);
    let lost = shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    // The buyer's browser has forgotten its key: the money is there all the same, and is not taken again.
    let again = shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await;
    assert_eq!(again.expect(409)["type"], "/problems/order-already-paid");
    shop.all_happened_once(&order).await;
}

#[tokio::test]
async fn a_payment_left_in_the_middle_is_found_when_the_order_should_expire() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    shop.stack.kill_at("settle.after-confirm", order.id);
    let lost = shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    shop.stack.deliver("ExpireOrder", &event("OrderPlaced", order.id)).await;
    shop.all_happened_once(&order).await;
}

#[tokio::test]
async fn telling_is_killed_after_it_told() {
    Shop::open().await.survives("publish-order-events.after-put").await;
}

#[tokio::test]
async fn planning_is_killed_after_its_write() {
    Shop::open().await.survives("plan-order.after-write").await;
}

#[tokio::test]
async fn placing_a_task_is_killed_before_the_supplier_has_it() {
    Shop::open().await.survives("dispatch-task.after-begin").await;
}

#[tokio::test]
async fn placing_a_task_is_killed_after_the_supplier_has_it() {
    Shop::open().await.survives("dispatch-task.after-place").await;
}

#[tokio::test]
async fn ending_a_task_is_killed_after_its_write() {
    Shop::open().await.survives("conclude.after-write").await;
}

#[tokio::test]
async fn replacing_a_task_is_killed_after_its_write() {
    let shop = Shop::open().await;
    let second = TestSupplier::new(&shop.stack, 2, &[&shop.product.skus[0]]).await;
    shop.supplier.turn(json!({ "refuse": true })).await;
    let order = shop.order().await;
    shop.stack.kill_at("conclude.after-write", order.id);
    shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    second.fulfil(&shop.stack, &shop.shopper, &order, 200).await;
    assert!(shop.stack.was_killed_at("conclude.after-write", order.id));
    assert_eq!(second.taken().await.len(), 1);
    second.assert_no_duplicates().await;
}

#[tokio::test]
async fn cancelling_a_task_is_killed_after_the_supplier_let_go() {
    let shop = Shop::open().await;
    let slow = TestSupplier::with_lead_time(&shop.stack, 0, &[&shop.product.skus[0]], 2).await;
    slow.turn(json!({ "completeAfterMs": null })).await;
    let order = shop.order().await;
    shop.stack.kill_at("sweep-tasks.after-cancel", order.id);
    shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    fulfil(&shop.stack, &shop.shopper, &order, &[&slow, &shop.supplier], 200).await;
    assert!(shop.stack.was_killed_at("sweep-tasks.after-cancel", order.id));
    assert_eq!(shop.supplier.taken().await.len(), 1);
    assert!(slow.taken().await.is_empty());
}

#[tokio::test]
async fn taking_money_out_of_a_budget_is_killed_and_it_is_taken_once() {
    let shop = Shop::open().await;
    let daily = Some(Money::new(400, Currency::Gbp));
    shop.supplier
        .change(&shop.stack, |record| record.supplier.budget = Budget::parse(daily, None).unwrap())
        .await;
    // The budget pays for this order exactly: a second reservation would find nothing left.
    shop.survives("dispatch-task.after-begin").await;
    assert_eq!(shop.supplier.spending(&shop.stack).await, Tally { reserved: 0, spent: 400 });
}

#[tokio::test]
async fn a_call_is_killed_with_the_only_slot_in_hand() {
    let shop = Shop::open().await;
    shop.supplier
        .change(&shop.stack, |record| record.supplier.limits = Limits::parse(None, Some(1)).unwrap())
        .await;
    shop.survives("call.after-slot").await;
}

#[tokio::test]
async fn finding_out_whether_a_supplier_works_again_is_killed() {
    let shop = Shop::open().await;
    let long_ago = jiff::Timestamp::now() - circuit::FIRST_COOL_DOWN * 2;
    let mut failing = Circuit::default();
    for _ in 0..circuit::MAX_FAILURES_IN_ROW {
        failing.record_failure(long_ago);
    }
    let failing = Versioned { value: failing, version: 0 };
    assert!(shop.stack.database.put_circuit(shop.supplier.id, &failing, None).await.unwrap());
    let order = shop.order().await;
    shop.stack.kill_at("call.after-probe", order.id);
    shop.shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    // Before anybody asks the supplier for news, which would find it out as well.
    let killed = async || shop.stack.was_killed_at("call.after-probe", order.id).then_some(());
    wait_for("the function that finds out is killed", 30, killed).await;
    shop.all_happened_once(&order).await;
    let circuit = shop.stack.database.circuit(shop.supplier.id).await.unwrap();
    assert_eq!(circuit.value.view(jiff::Timestamp::now()), CircuitView::Closed);
}

#[tokio::test]
async fn making_a_task_wait_is_killed_before_its_message_is_sent() {
    let shop = Shop::open().await;
    shop.supplier
        .change(&shop.stack, |record| record.supplier.limits = Limits::parse(Some(12), None).unwrap())
        .await;
    let (first, second) = (shop.order().await, shop.order().await);
    for order in [&first, &second] {
        shop.stack.kill_at("dispatch-task.after-postpone", order.id);
        shop.shopper.pay_as(order, GOOD_CARD, &new_key()).await.expect(200);
    }
    for order in [&first, &second] {
        shop.supplier.fulfil(&shop.stack, &shop.shopper, order, 200).await;
    }
    // The one whose turn came first did not have to wait.
    let deaths =
        [&first, &second].map(|order| shop.stack.was_killed_at("dispatch-task.after-postpone", order.id));
    assert!(deaths.contains(&true), "nobody had to wait");
    shop.supplier.assert_no_duplicates().await;
    assert_eq!(shop.supplier.taken().await.len(), 2);
}

#[tokio::test]
async fn writing_down_a_failed_attempt_is_killed_before_the_next_is_asked_for() {
    let shop = Shop::open().await;
    shop.supplier.turn(json!({ "failNext": 1, "failStatus": 500, "failOn": ["place"] })).await;
    shop.survives("dispatch-task.after-attempt").await;
}

#[tokio::test]
async fn writing_down_that_a_supplier_has_a_task_is_killed_after_its_write() {
    Shop::open().await.survives("dispatch-task.after-accept").await;
}

#[tokio::test]
async fn expiring_is_killed_after_its_write() {
    let shop = Shop::open().await;
    let order = shop.order().await;
    shop.stack.kill_at("expire-order.after-write", order.id);
    shop.shopper.wait_until(&order, "expired", 150).await;
    shop.stack.deliver("ExpireOrder", &event("OrderPlaced", order.id)).await;
    let stock = shop.stack.stock(&shop.product, &shop.product.skus[0]).await;
    assert_eq!(stock, Stock { available: 10, reserved: 0, sold: 0 });
    assert!(shop.stack.was_killed_at("expire-order.after-write", order.id));
}
