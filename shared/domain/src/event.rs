//! What can happen to an order, and to a task.

use serde::{Deserialize, Serialize};

use crate::task::TaskStatus;

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

/// The name of something that happened to a task: there is one for each status that a task can come to. These are the
/// types of the tasks' events on the bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskEventType {
    /// A part of an order was given to a supplier, and waits to be placed there.
    TaskPlanned,
    /// It is being placed; the supplier may have it without our knowing.
    TaskSubmitting,
    /// The supplier took it.
    TaskSubmitted,
    /// The supplier began to work on it.
    TaskInProgress,
    /// It took too long, and is being cancelled.
    TaskOverdue,
    /// The supplier sent the goods, all or a part.
    TaskCompleted,
    /// The supplier will not do it.
    TaskRejected,
    /// It was cancelled at the supplier.
    TaskCancelled,
    /// It could not be placed.
    TaskFailed,
}

impl TaskEventType {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::TaskPlanned,
        Self::TaskSubmitting,
        Self::TaskSubmitted,
        Self::TaskInProgress,
        Self::TaskOverdue,
        Self::TaskCompleted,
        Self::TaskRejected,
        Self::TaskCancelled,
        Self::TaskFailed,
    ];

    /// The name, as it stands on the bus.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TaskPlanned => "TaskPlanned",
            Self::TaskSubmitting => "TaskSubmitting",
            Self::TaskSubmitted => "TaskSubmitted",
            Self::TaskInProgress => "TaskInProgress",
            Self::TaskOverdue => "TaskOverdue",
            Self::TaskCompleted => "TaskCompleted",
            Self::TaskRejected => "TaskRejected",
            Self::TaskCancelled => "TaskCancelled",
            Self::TaskFailed => "TaskFailed",
        }
    }
}

impl From<TaskStatus> for TaskEventType {
    /// What happened to a task that came to this status.
    fn from(status: TaskStatus) -> Self {
        match status {
            TaskStatus::Planned => Self::TaskPlanned,
            TaskStatus::Submitting => Self::TaskSubmitting,
            TaskStatus::Submitted => Self::TaskSubmitted,
            TaskStatus::InProgress => Self::TaskInProgress,
            TaskStatus::Overdue => Self::TaskOverdue,
            TaskStatus::Completed => Self::TaskCompleted,
            TaskStatus::Rejected => Self::TaskRejected,
            TaskStatus::Cancelled => Self::TaskCancelled,
            TaskStatus::Failed => Self::TaskFailed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_on_the_bus_and_in_the_table_are_the_same() {
        for event in OrderEventType::ALL {
            assert_eq!(serde_json::to_value(event).unwrap(), event.name());
        }
        for event in TaskEventType::ALL {
            assert_eq!(serde_json::to_value(event).unwrap(), event.name());
        }
    }

    #[test]
    fn every_status_of_a_task_is_told_by_an_event_of_its_own() {
        let told: HashSet<TaskEventType> = TaskStatus::ALL.into_iter().map(TaskEventType::from).collect();
        assert_eq!(told, HashSet::from(TaskEventType::ALL));
    }
}
