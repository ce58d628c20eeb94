//! Orders that are called off: what suppliers still send, what is on the shelf again, and what is paid back, by the provider
//! or by a person.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::TaskStatus;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::order_desk::{DESK, OrderDesk, times};
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::supplier::tasks_of;
use stack_tests::wait_for;

/// The test number that pays, and to which nothing can be paid back.
const KEEPING_CARD: &str = "4000000000005126";

#[tokio::test]
async fn a_cancelled_order_is_paid_back_and_its_pieces_are_on_the_shelf_again() {
    let desk = OrderDesk::open().await;
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
    let desk = OrderDesk::open().await;
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
    let desk = OrderDesk::open().await;
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
    let desk = OrderDesk::open().await;
    let order = desk.stuck(2, KEEPING_CARD).await;
    let reason = json!({ "reason": "Nobody has it" });
    let declined = desk.act(&order, "cancellation", &reason, &new_key()).await.expect(200);
    assert_eq!(
        (&declined["status"], &declined["actions"]),
        (&json!("cancelled"), &json!(["retry", "settleRefund"])),
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
async fn what_the_provider_would_not_pay_back_a_person_may() {
    let desk = OrderDesk::open().await;
    let admin = desk.stack.admin().await;
    let order = desk.stuck(2, KEEPING_CARD).await;
    let path = format!("{DESK}/orders/{}/refund-settlement", order.id);
    let settle = async |note: &str, key: &str| {
        let request = admin.request(Method::POST, &path).header("Idempotency-Key", key);
        admin.send(request.json(&json!({ "note": note }))).await
    };
    let early = settle("Paid in cash", &new_key()).await;
    assert_eq!(early.expect(409)["type"], "/problems/illegal-transition");
    let reason = json!({ "reason": "Nobody has it" });
    desk.act(&order, "cancellation", &reason, &new_key()).await.expect(200);
    let silent = settle("  ", &new_key()).await;
    assert_eq!((silent.status.as_u16(), silent.pointers()), (422, vec!["/note"]));
    desk.act(&order, "refund-settlement", &json!({ "note": "x" }), &new_key()).await.expect(403);

    let key = new_key();
    for _ in 0..2 {
        let settled = settle("Bank transfer 4711", &key).await.expect(200);
        assert_eq!((&settled["status"], &settled["attention"]), (&json!("refunded"), &Value::Null));
        let refund = &settled["cancellation"]["refund"];
        assert_eq!(
            (&refund["status"], &refund["paidOutside"]),
            (&json!("refunded"), &json!("Bank transfer 4711"))
        );
        assert!(refund["declineReason"].is_string(), "{settled}");
        assert_eq!(settled["actions"], json!([]));
    }
    assert_eq!(settle("Again", &new_key()).await.expect(409)["type"], "/problems/illegal-transition");
    let seen = desk.shopper.look_at(&order).await;
    assert_eq!((&seen["status"], times(&seen, "OrderRefunded")), (&json!("refunded"), 1), "{seen}");
    let refund = json!({ "amount": { "amount": 500, "currency": "GBP" }, "status": "refunded" });
    assert_eq!(seen["refund"], refund, "the customer is told how much, and nothing of the note");
    assert_eq!(
        desk.deeds(&format!("order:{}", order.id)).await,
        ["order.refundedOutside", "order.cancelled"]
    );
    wait_for("it is no longer listed", 20, async || (!desk.needs_somebody(&order).await).then_some(())).await;
}

#[tokio::test]
async fn a_function_that_dies_while_it_pays_back_pays_back_once() {
    for point in ["cancel-order.after-write", "calling-off.after-begin", "calling-off.after-refund"] {
        let desk = OrderDesk::open().await;
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
