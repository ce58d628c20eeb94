//! What people do to a paid order that the desk alone cannot finish: assign, send by hand, call off, pay back.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::BTreeMap;

use domain::order::OrderError;
use domain::{Order, OrderStatus, PaymentId, ProductId, Quantity, RefundId, RefundStatus, Sku, TaskId};
use jiff::Timestamp;
use support::{line, order_of};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn pieces(sku: &str, number: i64) -> (Sku, Quantity) {
    (Sku::parse(sku).unwrap(), Quantity::parse(number).unwrap())
}

/// A paid order of five hooks in two lines and one nail, 2.50 each.
fn paid() -> Order {
    let product = ProductId::generate();
    let lines = vec![line(product, "HOOK", 2), line(product, "NAIL", 1), line(product, "HOOK", 3)];
    let mut order = order_of("ada@example.org", lines, NOW);
    assert_eq!(order.paid_at(), None);
    order.begin_payment(PaymentId::generate(), "tok".into(), NOW).unwrap();
    assert!(!order.wants_goods());
    order.capture_payment().unwrap();
    assert_eq!(order.paid_at(), Some(NOW));
    order
}

fn cancelled() -> Order {
    let mut order = paid();
    order.cancel("changed their mind".into(), NOW).unwrap();
    order
}

#[test]
fn pieces_that_nobody_sends_are_given_to_others_until_none_is_left() {
    let mut order = paid();
    let (first, second) = (TaskId::generate(), TaskId::generate());
    order.start_fulfilment([first]).unwrap();
    order.leave_unassigned(&[pieces("NAIL", 1), pieces("HOOK", 2)], "nobody sends hooks".into()).unwrap();
    order.leave_unassigned(&[pieces("HOOK", 1)], "nobody sends hooks".into()).unwrap();
    assert_eq!(order.unassigned(), &BTreeMap::from([pieces("HOOK", 3), pieces("NAIL", 1)]));
    order.close_task(first).unwrap();
    assert_eq!(order.status(), OrderStatus::NeedsAttention);

    let too_many = order.take_unassigned(&[pieces("HOOK", 2), pieces("HOOK", 2)], [second]);
    assert_eq!(too_many, Err(OrderError::NotUnassigned(Sku::parse("HOOK").unwrap())));
    order.take_unassigned(&[pieces("HOOK", 2), pieces("NAIL", 1)], [second]).unwrap();
    assert_eq!(order.unassigned(), &BTreeMap::from([pieces("HOOK", 1)]));
    order.close_task(second).unwrap();
    assert_eq!(
        (order.status(), order.attention()),
        (OrderStatus::NeedsAttention, Some("nobody sends hooks"))
    );
    // The last one is sent by hand.
    order.take_unassigned(&[pieces("HOOK", 1)], []).unwrap();
    assert_eq!((order.status(), order.attention()), (OrderStatus::Fulfilled, None));
}

#[test]
fn an_order_goes_on_when_the_last_piece_has_a_supplier() {
    let mut order = paid();
    order.leave_unassigned(&[pieces("HOOK", 5)], "nobody".into()).unwrap();
    let task = TaskId::generate();
    order.take_unassigned(&[pieces("HOOK", 5)], [task]).unwrap();
    assert_eq!((order.status(), order.attention()), (OrderStatus::Fulfilling, None));
    assert!(order.take_unassigned(&[pieces("HOOK", 1)], []).is_err());
    order.need_attention("late".into()).unwrap();
    order.close_task(task).unwrap();
    assert_eq!((order.status(), order.attention()), (OrderStatus::Fulfilled, None));
}

#[test]
fn all_is_paid_back_where_nothing_was_sent() {
    let mut order = paid();
    let task = TaskId::generate();
    order.start_fulfilment([task]).unwrap();
    order.cancel("changed their mind".into(), NOW).unwrap();
    assert!(!order.wants_goods() && !order.awaits_refund());
    assert_eq!(order.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW), Err(OrderError::TasksOpen));
    order.close_task(task).unwrap();
    assert!(order.awaits_refund());
    let id = RefundId::generate();
    order.begin_refund(id, &BTreeMap::new(), NOW).unwrap();
    let refund = order.refund_in_progress().unwrap();
    assert_eq!((refund.id, refund.amount), (id, order.totals().total));
    assert_eq!(
        order.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW),
        Err(OrderError::RefundInProgress)
    );
    order.settle_refund().unwrap();
    assert_eq!(order.status(), OrderStatus::Refunded);
    let refund = order.cancellation().unwrap().refund.as_ref().unwrap();
    assert_eq!(refund.status, RefundStatus::Refunded);
    assert_eq!(order.settle_refund(), Err(OrderError::NoRefundInProgress));
}

#[test]
fn only_what_was_not_sent_is_paid_back() {
    let order = cancelled();
    let value = |sent: &[(Sku, Quantity)]| {
        order.unsent_value(&sent.iter().cloned().collect()).unwrap().amount() / 250
    };
    assert_eq!(value(&[]), 6);
    assert_eq!(value(&[pieces("HOOK", 1)]), 5);
    assert_eq!(value(&[pieces("HOOK", 4)]), 2);
    assert_eq!(value(&[pieces("HOOK", 4), pieces("NAIL", 1)]), 1);
    assert_eq!(value(&[pieces("HOOK", 9), pieces("NAIL", 9)]), 0);
    assert_eq!(value(&[pieces("BOLT", 9)]), 6);
}

#[test]
fn an_order_of_which_all_was_sent_is_fulfilled_after_all() {
    let mut order = cancelled();
    let sent = BTreeMap::from([pieces("HOOK", 5), pieces("NAIL", 1)]);
    order.begin_refund(RefundId::generate(), &sent, NOW).unwrap();
    assert_eq!(order.status(), OrderStatus::Fulfilled);
    assert_eq!(order.refund_in_progress(), None);
}

#[test]
fn a_declined_refund_calls_a_person_and_may_be_tried_again() {
    let mut order = cancelled();
    order.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW).unwrap();
    order.decline_refund("the card has expired".into()).unwrap();
    assert_eq!(order.status(), OrderStatus::Cancelled);
    assert_eq!(order.attention(), Some("the refund was declined: the card has expired"));
    order.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW).unwrap();
    assert_eq!(order.attention(), None);
    order.settle_refund().unwrap();
    assert_eq!(order.status(), OrderStatus::Refunded);
}

#[test]
fn a_declined_refund_may_be_paid_back_by_a_person_once() {
    let mut order = cancelled();
    let note = || "bank transfer 4711".to_owned();
    assert_eq!(order.settle_refund_outside(note()), Err(OrderError::NoRefundDeclined));
    order.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW).unwrap();
    assert_eq!(order.settle_refund_outside(note()), Err(OrderError::NoRefundDeclined));
    order.decline_refund("the card has expired".into()).unwrap();
    assert!(order.refund_declined());
    order.settle_refund_outside(note()).unwrap();
    assert_eq!((order.status(), order.attention()), (OrderStatus::Refunded, None));
    let refund = order.cancellation().unwrap().refund.clone().unwrap();
    assert_eq!((refund.status, refund.paid_outside), (RefundStatus::Refunded, Some(note())));
    assert_eq!(refund.decline_reason.as_deref(), Some("the card has expired"), "why a person had to");
    assert_eq!(order.settle_refund_outside(note()), Err(OrderError::NoRefundDeclined));
}

#[test]
fn only_paid_orders_under_way_are_called_off() {
    let product = ProductId::generate();
    let mut unpaid = order_of("ada@example.org", vec![line(product, "HOOK", 2)], NOW);
    assert!(unpaid.cancel("x".into(), NOW).is_err());
    let mut twice = cancelled();
    assert!(twice.cancel("x".into(), NOW).is_err());
}

#[test]
fn an_order_reads_back_what_it_writes() {
    let mut waiting = paid();
    waiting.leave_unassigned(&[pieces("HOOK", 5)], "nobody".into()).unwrap();
    let mut refunding = cancelled();
    refunding.begin_refund(RefundId::generate(), &BTreeMap::new(), NOW).unwrap();
    for order in [waiting, refunding] {
        let stored = serde_json::to_string(&order).unwrap();
        assert_eq!(serde_json::from_str::<Order>(&stored).unwrap(), order);
    }
}
