//! Push queue: tells open pages what happened to orders and tasks.

use domain::Topic;
use events::{BusEvent, Outcome, Report, WorkError};
use jiff::Timestamp;

use crate::pusher::{News, Pusher};

/// Handles one event. Where it comes again, pages hear of it again, under the same id.
pub async fn handle(pusher: &Pusher, event: BusEvent) -> Result<Report, WorkError> {
    let pushed = pusher.tell(&news(event), Timestamp::now()).await?;
    Ok(Outcome::Done.saying(pushed.summary()))
}

fn news(event: BusEvent) -> News {
    match event {
        BusEvent::Order(event) => News {
            id: event.id,
            topics: Topic::of_order_event(event.event_type, event.order_id),
            event: event.event_type.name().to_owned(),
            order_id: Some(event.order_id),
            task_id: None,
            at: event.at,
            queues: None,
        },
        BusEvent::Task(event) => News {
            id: event.id,
            topics: Topic::of_task_event(event.event_type),
            event: event.event_type.name().to_owned(),
            order_id: Some(event.order_id),
            task_id: Some(event.task_id),
            at: event.at,
            queues: None,
        },
    }
}
