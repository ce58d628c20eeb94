//! What can happen to an order.

use serde::{Deserialize, Serialize};

/// The name of something that happened to an order: what was done to what, in the past tense. These are the types of
/// the events on the bus and of the entries of an order's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderEventType {
    /// The order was placed and its stock reserved.
    OrderPlaced,
    /// A payment was refused; the order waits for another.
    PaymentDeclined,
    /// The order was paid and its stock sold.
    OrderPaid,
    /// Nobody paid in time; the stock was released.
    OrderExpired,
    /// The order was split into tasks for suppliers.
    OrderPlanned,
    /// A supplier sent its part.
    TaskCompleted,
    /// A supplier could not do its part (or not all of it), and others took over.
    TaskReplaced,
    /// All parts are on their way.
    OrderFulfilled,
    /// No supplier can take a part: a person must decide.
    OrderNeedsAttention,
    /// A person gave a part that nobody could send to a supplier, or sent it.
    OrderReassigned,
    /// The order was called off after it was paid.
    OrderCancelled,
    /// What was not sent was paid back.
    OrderRefunded,
    /// An order that a partner sent could not be placed: there is too little of something, or no such thing.
    PartnerOrderRejected,
}

impl OrderEventType {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::OrderPlaced,
        Self::PaymentDeclined,
        Self::OrderPaid,
        Self::OrderExpired,
        Self::OrderPlanned,
        Self::TaskCompleted,
        Self::TaskReplaced,
        Self::OrderFulfilled,
        Self::OrderNeedsAttention,
        Self::OrderReassigned,
        Self::OrderCancelled,
        Self::OrderRefunded,
        Self::PartnerOrderRejected,
    ];

    /// The name, as it stands on the bus.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OrderPlaced => "OrderPlaced",
            Self::PaymentDeclined => "PaymentDeclined",
            Self::OrderPaid => "OrderPaid",
            Self::OrderExpired => "OrderExpired",
            Self::OrderPlanned => "OrderPlanned",
            Self::TaskCompleted => "TaskCompleted",
            Self::TaskReplaced => "TaskReplaced",
            Self::OrderFulfilled => "OrderFulfilled",
            Self::OrderNeedsAttention => "OrderNeedsAttention",
            Self::OrderReassigned => "OrderReassigned",
            Self::OrderCancelled => "OrderCancelled",
            Self::OrderRefunded => "OrderRefunded",
            Self::PartnerOrderRejected => "PartnerOrderRejected",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_on_the_bus_and_in_the_table_are_the_same() {
        for event in OrderEventType::ALL {
            assert_eq!(serde_json::to_value(event).unwrap(), event.name());
        }
    }
}
