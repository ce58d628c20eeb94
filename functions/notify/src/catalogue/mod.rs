//! The event catalogue: what webhooks can be told of, when that happens, and what they are told then. It is put together from
//! the types that the notices are made of.

pub mod examples;
mod markdown;
mod schemas;

use domain::{OrderEventType, TaskEventType, WebhookEvent};

pub use markdown::markdown;
pub use schemas::{components, webhooks};

/// When something happens, in a sentence.
#[must_use]
pub fn when(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::Order(event) => when_to_an_order(event),
        WebhookEvent::Task(event) => when_to_a_task(event),
    }
}

fn when_to_an_order(event: OrderEventType) -> &'static str {
    match event {
        OrderEventType::OrderPlaced => "An order was placed, and its stock is reserved until it is paid.",
        OrderEventType::PaymentDeclined => "A payment was declined; the order waits for another.",
        OrderEventType::OrderPaid => "An order was paid, and its stock is sold.",
        OrderEventType::OrderExpired => "Nobody paid in time, and the stock is free again.",
        OrderEventType::OrderPlanned => "An order was split into tasks for suppliers.",
        OrderEventType::TaskCompleted => "A supplier sent its part of an order.",
        OrderEventType::TaskReplaced => {
            "A supplier could not do its part of an order, or not all of it, and others took over."
        }
        OrderEventType::OrderFulfilled => "All parts of an order are on their way.",
        OrderEventType::OrderNeedsAttention => {
            "No supplier can take a part of an order: a person must decide."
        }
        OrderEventType::OrderReassigned => {
            "A person gave a part that was stuck to a supplier, or sent it themselves."
        }
        OrderEventType::OrderCancelled => "An order was called off after it was paid.",
        OrderEventType::OrderRefunded => "What was not sent of an order that was called off was paid back.",
        OrderEventType::PartnerOrderRejected => "An order that a partner sent could not be placed.",
    }
}

fn when_to_a_task(event: TaskEventType) -> &'static str {
    match event {
        TaskEventType::TaskPlanned => {
            "A part of an order was given to a supplier, and waits to be placed there."
        }
        TaskEventType::TaskSubmitting => {
            "A task is being placed; the supplier may have it without the shop's knowing."
        }
        TaskEventType::TaskSubmitted => "A supplier took a task.",
        TaskEventType::TaskInProgress => "A supplier began to work on a task.",
        TaskEventType::TaskOverdue => "A task took too long, and is being cancelled at the supplier.",
        TaskEventType::TaskCompleted => "A supplier sent the goods of a task, all or a part.",
        TaskEventType::TaskRejected => "A supplier will not do a task.",
        TaskEventType::TaskCancelled => "A task was cancelled at the supplier.",
        TaskEventType::TaskFailed => "A task could not be placed, and the supplier is known not to have it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_is_told_apart_by_a_sentence_of_its_own() {
        let mut sentences: Vec<_> = WebhookEvent::all().map(when).collect();
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
        let all = sentences.len();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), all);
    }

    #[test]
    fn the_examples_are_of_events_that_there_are() {
        let (order, _) = examples::order().unwrap();
        let (task, _) = examples::task().unwrap();
        assert!(matches!(order.event, WebhookEvent::Order(_)) && order.task_id.is_none());
        assert!(matches!(task.event, WebhookEvent::Task(_)) && task.task_id.is_some());
    }
}
