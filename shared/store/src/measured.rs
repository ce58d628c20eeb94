//! What an order's event adds to the metrics of the shop. Whoever commits a transaction with the event counts it, right
//! after the commit: so no place in the shop can change an order and forget to.

use std::time::Duration;

use domain::{Money, Order, OrderEventType};
use jiff::Timestamp;
use telemetry::Metric;
use telemetry::metrics::Reading;

/// What an event of this order, as it is after the change, adds.
pub(crate) fn readings(order: &Order, event: OrderEventType, at: Timestamp) -> Vec<(Metric, Reading)> {
    let once = |metric| vec![(metric, Reading::from(1_u32))];
    let since_payment = |metric| {
        let paid =
            order.paid_at().map(|paid| Duration::try_from(at.duration_since(paid)).unwrap_or_default());
        paid.map(|time| (metric, Reading::Time(time)))
    };
    match event {
        OrderEventType::OrderPlaced => once(Metric::OrdersPlaced),
        OrderEventType::PaymentDeclined => once(Metric::PaymentsDeclined),
        OrderEventType::OrderPaid => {
            vec![(Metric::OrdersPaid, 1_u32.into()), (Metric::Revenue, minor_units(order.totals().total))]
        }
        OrderEventType::OrderExpired => once(Metric::OrdersExpired),
        OrderEventType::OrderPlanned => since_payment(Metric::TimeToPlan).into_iter().collect(),
        OrderEventType::OrderFulfilled => {
            let mut readings = once(Metric::OrdersFulfilled);
            readings.extend(since_payment(Metric::TimeToFulfil));
            readings
        }
        OrderEventType::OrderNeedsAttention => once(Metric::OrdersNeedingAttention),
        OrderEventType::OrderCancelled => once(Metric::OrdersCancelled),
        OrderEventType::OrderRefunded => {
            let mut readings = once(Metric::OrdersRefunded);
            let refund = order.cancellation().and_then(|cancellation| cancellation.refund.as_ref());
            readings.extend(refund.map(|refund| (Metric::RefundedAmount, minor_units(refund.amount))));
            readings
        }
        // What suppliers do is measured of each of them, where it is known who it is.
        OrderEventType::TaskCompleted
        | OrderEventType::TaskReplaced
        | OrderEventType::OrderReassigned
        | OrderEventType::PartnerOrderRejected => Vec::new(),
    }
}

/// An amount in the metrics; orders and refunds are never below nothing.
fn minor_units(money: Money) -> Reading {
    Reading::Whole(u64::try_from(money.amount()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use domain::order::NewAccountOrder;
    use domain::{
        Buyer, Currency, CustomerEmail, OrderId, OrderLine, ProductId, Quantity, RefundId, Sku, TaskId,
    };
    use jiff::SignedDuration;

    use super::*;
    use crate::fixtures::address;

    /// An order of three pieces at 2.50, paid at `now`.
    fn order(now: Timestamp) -> Order {
        let line = OrderLine {
            sku: Sku::parse("HOOK").unwrap(),
            product_id: ProductId::generate(),
            title: "Gate hook".into(),
            variant_title: String::new(),
            unit_price: Money::new(250, Currency::Gbp),
            quantity: Quantity::parse(3).unwrap(),
        };
        let new = NewAccountOrder {
            id: OrderId::generate(),
            buyer: Buyer::Guest,
            email: CustomerEmail::parse("ada@example.com").unwrap(),
            shipping_address: address(),
            lines: vec![line],
            currency: Currency::Gbp,
        };
        Order::place_on_account(new, now).unwrap()
    }

    #[test]
    fn what_is_paid_is_counted_with_its_amount() {
        let now = Timestamp::now();
        let order = order(now);
        let paid = readings(&order, OrderEventType::OrderPaid, now);
        let total = u64::try_from(order.totals().total.amount()).unwrap();
        assert!(total >= 750);
        assert_eq!(paid, [(Metric::OrdersPaid, Reading::Whole(1)), (Metric::Revenue, Reading::Whole(total))]);
    }

    #[test]
    fn times_are_counted_from_the_payment() {
        let now = Timestamp::now();
        let mut order = order(now);
        let later = now + SignedDuration::from_secs(90);
        let time = Reading::Time(Duration::from_secs(90));
        order.start_fulfilment([TaskId::generate()]).unwrap();
        let planned = readings(&order, OrderEventType::OrderPlanned, later);
        assert_eq!(planned, [(Metric::TimeToPlan, time.clone())]);
        let fulfilled = readings(&order, OrderEventType::OrderFulfilled, later);
        assert_eq!(fulfilled, [(Metric::OrdersFulfilled, Reading::Whole(1)), (Metric::TimeToFulfil, time)]);
    }

    #[test]
    fn what_is_paid_back_is_counted_with_its_amount() {
        let now = Timestamp::now();
        let mut order = order(now);
        order.cancel("changed their mind".into(), now).unwrap();
        order.begin_refund(RefundId::generate(), &std::collections::BTreeMap::new(), now).unwrap();
        order.settle_refund().unwrap();
        let total = u64::try_from(order.totals().total.amount()).unwrap();
        let refunded = readings(&order, OrderEventType::OrderRefunded, now);
        assert_eq!(
            refunded,
            [(Metric::OrdersRefunded, Reading::Whole(1)), (Metric::RefundedAmount, Reading::Whole(total))]
        );
    }

    #[test]
    fn each_event_that_changes_an_order_is_counted_or_is_its_suppliers() {
        let order = order(Timestamp::now());
        let uncounted: Vec<_> = OrderEventType::ALL
            .into_iter()
            .filter(|event| readings(&order, *event, Timestamp::now()).is_empty())
            .collect();
        let of_others = [
            OrderEventType::TaskCompleted,
            OrderEventType::TaskReplaced,
            OrderEventType::OrderReassigned,
            OrderEventType::PartnerOrderRejected,
        ];
        assert_eq!(uncounted, of_others);
    }
}
