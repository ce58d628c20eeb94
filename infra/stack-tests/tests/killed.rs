//! A function may die at any line: the order is placed once, charged once, planned once, placed once with its supplier,
//! and nothing is stuck.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::Stock;
use serde_json::json;
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::stack::{TestProduct, event};
use stack_tests::supplier::{fulfil, tasks_of};
use stack_tests::{PlacedOrder, Shopper, Stack, TestSupplier};

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
