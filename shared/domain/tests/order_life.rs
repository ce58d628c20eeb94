//! No sequence of calls brings an order into a state it must not be in.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::BTreeMap;

use domain::order::{NewAccountOrder, OrderError, PlacementError};
use domain::{
    Buyer, Currency, CustomerEmail, CustomerId, Order, OrderStatus, PartnerId, PartnerRef, PartnerReference,
    PaymentId, PaymentProvider, PaymentStatus, ProductId, Quantity, RefundId, Sku, TaskId,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use support::{WINDOW, line, order_of};

#[derive(Debug, Clone, Copy)]
enum Call {
    BeginPayment { late: bool },
    Capture,
    Decline,
    Expire { late: bool },
    StartFulfilment,
    CloseTask(usize),
    ReplaceTask(usize),
    NeedAttention,
    LeaveUnassigned,
    TakeUnassigned { task: bool },
    Cancel,
    BeginRefund { all_sent: bool },
    SettleRefund,
    DeclineRefund,
    SettleRefundOutside,
    Claim,
    ForgetBuyer,
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        any::<bool>().prop_map(|late| Call::BeginPayment { late }),
        Just(Call::Capture),
        Just(Call::Decline),
        any::<bool>().prop_map(|late| Call::Expire { late }),
        Just(Call::StartFulfilment),
        (0_usize..4).prop_map(Call::CloseTask),
        (0_usize..4).prop_map(Call::ReplaceTask),
        Just(Call::NeedAttention),
        Just(Call::LeaveUnassigned),
        any::<bool>().prop_map(|task| Call::TakeUnassigned { task }),
        Just(Call::Cancel),
        any::<bool>().prop_map(|all_sent| Call::BeginRefund { all_sent }),
        Just(Call::SettleRefund),
        Just(Call::DeclineRefund),
        Just(Call::SettleRefundOutside),
        Just(Call::Claim),
        Just(Call::ForgetBuyer),
    ]
}

/// An order placed at the Unix epoch.
fn order(lines: &[(&str, i64)]) -> Order {
    let product = ProductId::parse("prd_00000000000000000000000000").unwrap();
    let lines = lines.iter().map(|(sku, pieces)| line(product, sku, *pieces)).collect();
    order_of("ada@example.org", lines, Timestamp::UNIX_EPOCH)
}

fn at(late: bool) -> Timestamp {
    Timestamp::UNIX_EPOCH + if late { WINDOW } else { WINDOW - SignedDuration::from_secs(1) }
}

proptest! {
    #[test]
    fn an_order_is_never_in_an_illegal_state(calls in prop::collection::vec(call(), 0..40)) {
        let mut order = order(&[("HOOK", 2)]);
        let (mut captured, mut refunded) = (0, 0);
        for call in calls {
            let before = order.clone();
            let task = |n: usize, order: &Order| order.open_tasks().iter().nth(n).copied();
            let result = match call {
                Call::BeginPayment { late } => order.begin_payment(PaymentId::generate(), "tok".into(), at(late)),
                Call::Capture => order.capture_payment(),
                Call::Decline => order.decline_payment("no".into()),
                Call::Expire { late } => order.expire(at(late)),
                Call::StartFulfilment => order.start_fulfilment([TaskId::generate(), TaskId::generate()]),
                Call::CloseTask(n) => order.close_task(task(n, &before).unwrap_or_else(TaskId::generate)),
                Call::ReplaceTask(n) => {
                    order.replace_task(task(n, &before).unwrap_or_else(TaskId::generate), [TaskId::generate()])
                }
                Call::NeedAttention => order.need_attention("look".into()),
                Call::LeaveUnassigned => order.leave_unassigned(&hooks(1), "nobody".into()),
                Call::TakeUnassigned { task } => {
                    order.take_unassigned(&hooks(1), task.then(TaskId::generate))
                }
                Call::Cancel => order.cancel("changed their mind".into(), at(true)),
                Call::BeginRefund { all_sent } => {
                    let sent = if all_sent { hooks(2) } else { Vec::new() };
                    order.begin_refund(RefundId::generate(), &sent.into_iter().collect(), at(true))
                }
                Call::SettleRefund => order.settle_refund(),
                Call::DeclineRefund => order.decline_refund("no".into()),
                Call::SettleRefundOutside => order.settle_refund_outside("in cash".into()),
                Call::Claim => {
                    order.claim(customer());
                    Ok(())
                }
                Call::ForgetBuyer => {
                    order.forget_buyer();
                    Ok(())
                }
            };
            if result.is_err() {
                prop_assert_eq!(&order, &before, "a refused call changes nothing");
            }
            if order.status() != before.status() {
                prop_assert!(before.status().may_become(order.status()), "{} → {}", before.status(), order.status());
            }
            captured += usize::from(result.is_ok() && matches!(call, Call::Capture));
            let paid = order.payment().is_some_and(|payment| payment.status == PaymentStatus::Captured);
            let unpaid = matches!(order.status(), OrderStatus::PendingPayment | OrderStatus::Expired);
            prop_assert_ne!(paid, unpaid, "an order is beyond payment exactly when money was captured");
            prop_assert!(captured <= 1, "an order is charged once");
            if matches!(order.status(), OrderStatus::Fulfilled | OrderStatus::Refunded) {
                prop_assert!(order.open_tasks().is_empty() && order.unassigned().is_empty());
            }
            if !order.unassigned().is_empty() || order.status() == OrderStatus::NeedsAttention {
                prop_assert_eq!(order.status(), OrderStatus::NeedsAttention);
                prop_assert!(order.attention().is_some(), "a person is told why");
            }
            let pays_back = matches!(call, Call::SettleRefund | Call::SettleRefundOutside);
            refunded += usize::from(result.is_ok() && pays_back);
            prop_assert!(refunded <= 1, "it is paid back once");
            prop_assert_eq!(order.status() == OrderStatus::Refunded, refunded == 1);
            match order.buyer() {
                Buyer::Guest => prop_assert_eq!(before.buyer(), &Buyer::Guest),
                Buyer::Customer(id) => prop_assert_eq!(id, &customer()),
                Buyer::Partner(_) => prop_assert_eq!(before.buyer(), order.buyer()),
                Buyer::Leaving => prop_assert!(!order.status().is_final(), "it still has to arrive"),
                Buyer::Forgotten => {
                    prop_assert!(order.status().is_final());
                    prop_assert!(!serde_json::to_string(&order).unwrap().contains("Ada"));
                    prop_assert_eq!(order.shipping_address().fields().country.as_str(), "GB");
                }
            }
            let gone = |order: &Order| matches!(order.buyer(), Buyer::Leaving | Buyer::Forgotten);
            prop_assert!(!gone(&before) || gone(&order), "who has left does not come back");
            if order.status() == OrderStatus::Expired {
                prop_assert!(order.payment_in_progress().is_none(), "no money may be on its way to an expired order");
            }
        }
    }
}

#[test]
fn an_order_on_account_is_paid_from_the_start() {
    let now = Timestamp::UNIX_EPOCH;
    let as_a_guest = order(&[("HOOK", 2), ("HOOK", 1)]);
    let partner =
        PartnerRef { id: PartnerId::generate(), reference: PartnerReference::parse("A-1001").unwrap() };
    let new = |lines: &[domain::OrderLine]| NewAccountOrder {
        id: as_a_guest.id(),
        buyer: Buyer::Partner(partner.clone()),
        email: as_a_guest.email().clone(),
        shipping_address: as_a_guest.shipping_address().clone(),
        lines: lines.to_vec(),
        currency: Currency::Gbp,
    };
    let mut order = Order::place_on_account(new(as_a_guest.lines()), now).unwrap();
    assert_eq!((order.id(), order.status()), (as_a_guest.id(), OrderStatus::Paid));
    assert_eq!(order.totals(), as_a_guest.totals());
    assert_eq!((order.partner(), order.paid_at()), (Some(&partner), Some(now)));
    let payment = order.payment().unwrap().clone();
    assert_eq!((payment.provider, payment.amount), (PaymentProvider::Account, order.totals().total));
    assert!(order.begin_payment(PaymentId::generate(), "tok".into(), now).is_err(), "it is paid once");
    assert!(order.expire(now + SignedDuration::from_hours(1)).is_err());
    assert!(!order.claim(customer()), "it is no guest's");
    let stored = serde_json::to_value(&order).unwrap();
    assert_eq!(serde_json::from_value::<Order>(stored).unwrap(), order);

    order.cancel("no longer wanted".into(), now).unwrap();
    order.begin_refund(RefundId::generate(), &BTreeMap::new(), now).unwrap();
    assert_eq!(order.refund_in_progress().unwrap().payment_id, payment.id);
    order.settle_refund().unwrap();
    assert_eq!(Order::place_on_account(new(&[]), now), Err(PlacementError::Empty));
}

fn hooks(pieces: i64) -> Vec<(Sku, Quantity)> {
    vec![(Sku::parse("HOOK").unwrap(), Quantity::parse(pieces).unwrap())]
}

fn customer() -> CustomerId {
    CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap()
}

#[test]
fn a_guest_s_order_is_claimed_once() {
    let other = CustomerId::parse("00000000-0a1b-4c3d-8e9f-0123456789ab").unwrap();
    let mut order = order(&[("HOOK", 2)]);
    assert!(!order.is_of(&customer()));
    assert!(order.claim(customer()));
    assert!(!order.claim(customer()) && !order.claim(other.clone()));
    assert!(order.is_of(&customer()) && !order.is_of(&other));
}

#[test]
fn an_order_under_way_forgets_its_buyer_when_it_is_final() {
    let mut order = order(&[("HOOK", 2)]);
    assert!(order.forget_buyer() && !order.forget_buyer());
    assert_eq!((order.buyer(), order.email().as_str()), (&Buyer::Leaving, "ada@example.org"));
    assert!(!order.claim(customer()), "it is nobody's any more");
    order.expire(at(true)).unwrap();
    assert_eq!((order.buyer(), order.email()), (&Buyer::Forgotten, &CustomerEmail::forgotten()));
    assert!(!order.forget_buyer());
}

#[test]
fn an_order_goes_from_placed_to_fulfilled() {
    let mut order = order(&[("HOOK", 2), ("NAIL", 1)]);
    order.begin_payment(PaymentId::generate(), "tok".into(), at(false)).unwrap();
    order.capture_payment().unwrap();
    let (first, second, instead) = (TaskId::generate(), TaskId::generate(), TaskId::generate());
    order.start_fulfilment([first, second]).unwrap();
    order.close_task(first).unwrap();
    order.replace_task(second, [instead]).unwrap();
    assert_eq!(order.status(), OrderStatus::Fulfilling);
    order.close_task(instead).unwrap();
    assert_eq!(order.status(), OrderStatus::Fulfilled);
}

#[test]
fn time_decides_between_paying_and_expiring() {
    let mut order = order(&[("HOOK", 2)]);
    assert_eq!(order.expire(at(false)), Err(OrderError::PaymentWindowOpen(order.pay_before())));
    assert_eq!(
        order.begin_payment(PaymentId::generate(), "tok".into(), at(true)),
        Err(OrderError::PaymentWindowClosed(order.pay_before()))
    );
    order.begin_payment(PaymentId::generate(), "tok".into(), at(false)).unwrap();
    assert_eq!(order.expire(at(true)), Err(OrderError::PaymentInProgress));
    assert_eq!(
        order.begin_payment(PaymentId::generate(), "tok".into(), at(false)),
        Err(OrderError::PaymentInProgress)
    );
    order.decline_payment("no".into()).unwrap();
    order.expire(at(true)).unwrap();
    let refused = order.begin_payment(PaymentId::generate(), "tok".into(), at(true));
    let expected = OrderError::IllegalTransition { from: OrderStatus::Expired, to: OrderStatus::Paid };
    assert_eq!(refused, Err(expected));
}

#[test]
fn a_status_has_the_same_name_in_answers_and_in_the_table() {
    for status in OrderStatus::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
}

#[test]
fn lines_of_one_sku_are_counted_together() {
    let order = order(&[("HOOK", 2), ("NAIL", 1), ("HOOK", 3)]);
    let sums: Vec<_> =
        order.quantities().unwrap().into_iter().map(|((_, sku), n)| (sku.to_string(), n.get())).collect();
    assert_eq!(sums, [("HOOK".to_owned(), 5), ("NAIL".to_owned(), 1)]);
    assert_eq!(order.totals().total.amount(), 6 * 250);
}
