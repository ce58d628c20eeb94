//! What can be followed while it happens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::event::{OrderEventType, TaskEventType};
use crate::ids::OrderId;

/// Text that names nothing that can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("is no topic: expected `orders`, `tasks`, `queues`, `attention`, or `order:` and an order's id")]
pub struct TopicError;

/// Something that can be followed: whoever does hears of each event of it while it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Topic {
    /// One order: for whom it is theirs, and for staff.
    Order(OrderId),
    /// All orders: for staff, as the others are.
    Orders,
    /// All tasks.
    Tasks,
    /// How much waits in the queues.
    Queues,
    /// What needs a person.
    Attention,
}

/// What the name of an order's topic begins with.
const ORDER_PREFIX: &str = "order:";

impl Topic {
    /// Reads a topic's name.
    pub fn parse(name: &str) -> Result<Self, TopicError> {
        match name {
            "orders" => Ok(Self::Orders),
            "tasks" => Ok(Self::Tasks),
            "queues" => Ok(Self::Queues),
            "attention" => Ok(Self::Attention),
            _ => {
                let id = name.strip_prefix(ORDER_PREFIX).and_then(|id| OrderId::parse(id).ok());
                id.map(Self::Order).ok_or(TopicError)
            }
        }
    }

    /// Where an event of an order is told. The list of what needs a person changes with whatever brings an order there, or
    /// takes it away.
    #[must_use]
    pub fn of_order_event(event: OrderEventType, order: OrderId) -> Vec<Self> {
        let mut topics = vec![Self::Order(order), Self::Orders];
        let moves_attention = match event {
            OrderEventType::OrderNeedsAttention
            | OrderEventType::OrderReassigned
            | OrderEventType::OrderPlanned
            | OrderEventType::OrderFulfilled
            | OrderEventType::OrderCancelled
            | OrderEventType::OrderRefunded
            | OrderEventType::TaskCompleted
            | OrderEventType::TaskReplaced => true,
            OrderEventType::OrderPlaced
            | OrderEventType::PaymentDeclined
            | OrderEventType::OrderPaid
            | OrderEventType::OrderExpired
            | OrderEventType::PartnerOrderRejected => false,
        };
        topics.extend(moves_attention.then_some(Self::Attention));
        topics
    }

    /// Where an event of a task is told: to staff, who need to act where it went wrong. Customers are told of their order,
    /// and not of who sends it.
    #[must_use]
    pub fn of_task_event(event: TaskEventType) -> Vec<Self> {
        let mut topics = vec![Self::Tasks];
        let went_wrong = matches!(
            event,
            TaskEventType::TaskOverdue | TaskEventType::TaskRejected | TaskEventType::TaskFailed
        );
        topics.extend(went_wrong.then_some(Self::Attention));
        topics
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(id) => write!(f, "{ORDER_PREFIX}{id}"),
            Self::Orders => f.write_str("orders"),
            Self::Tasks => f.write_str("tasks"),
            Self::Queues => f.write_str("queues"),
            Self::Attention => f.write_str("attention"),
        }
    }
}

impl FromStr for Topic {
    type Err = TopicError;

    fn from_str(name: &str) -> Result<Self, TopicError> {
        Self::parse(name)
    }
}

impl TryFrom<String> for Topic {
    type Error = TopicError;

    fn try_from(name: String) -> Result<Self, TopicError> {
        Self::parse(&name)
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_others_are_refused() {
        let order = Topic::Order(OrderId::generate());
        for topic in [order, Topic::Orders, Topic::Tasks, Topic::Queues, Topic::Attention] {
            assert_eq!(Topic::parse(&topic.to_string()), Ok(topic));
        }
        for name in
            ["", "order", "order:", "order:1", "Orders", "orders ", "order:tsk_01JD0000000000000000000000"]
        {
            assert_eq!(Topic::parse(name), Err(TopicError), "{name}");
        }
    }

    #[test]
    fn customers_hear_of_their_order_and_of_no_task() {
        let id = OrderId::generate();
        for event in OrderEventType::ALL {
            let topics = Topic::of_order_event(event, id);
            assert_eq!(topics[..2], [Topic::Order(id), Topic::Orders], "{event:?}");
        }
        let needs = Topic::of_order_event(OrderEventType::OrderNeedsAttention, id);
        assert!(needs.contains(&Topic::Attention));
        assert!(!Topic::of_order_event(OrderEventType::OrderPlaced, id).contains(&Topic::Attention));
        for event in TaskEventType::ALL {
            let topics = Topic::of_task_event(event);
            assert!(topics.contains(&Topic::Tasks) && !topics.iter().any(|t| matches!(t, Topic::Order(_))));
        }
        assert_eq!(Topic::of_task_event(TaskEventType::TaskFailed), [Topic::Tasks, Topic::Attention]);
        assert_eq!(Topic::of_task_event(TaskEventType::TaskSubmitted), [Topic::Tasks]);
    }
}
