//! Callback queue: tells a partner's program what happened to an order.
//!
//! An event is told until the program takes it, for three days, with growing pauses. The event's id names the message, so
//! that a program which hears it twice can tell; what is told of the order is how it stands when it is told.

use std::time::Duration;

use domain::OrderEventType;
use events::{BusMessage, Outcome, Report, WorkError};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::audit::Actor;
use store::callbacks::{Delivery, DeliveryOutcome};
use telemetry::{Metric, crash};

use super::courier::Courier;
use super::delivery::judged;
use crate::order_view::{PartnerOrder, order_view};

/// What a partner's program is told.
#[derive(Debug, Serialize)]
struct News<'a> {
    #[serde(rename = "type")]
    event_type: OrderEventType,
    at: Timestamp,
    order: &'a PartnerOrder,
}

/// Handles one event of the bus.
pub async fn handle(courier: &Courier, message: BusMessage) -> Result<Report, WorkError> {
    let event = message.detail;
    let done = |why: &str| Ok(Outcome::Done.saying(why));
    let database = &courier.desk.database;
    let Some(partner) = &event.partner else {
        return done("no partner's order");
    };
    let Some(used) = database.callback(partner.id).await? else {
        return done("the partner does not want to be told");
    };
    if used.callback.value.paused_at.is_some() {
        return done("the partner is told nothing any more");
    }
    let before = database.delivery(partner.id, event.id).await?;
    if before.as_ref().is_some_and(|before| before.outcome != DeliveryOutcome::Failed) {
        return done("it was told before");
    }
    let Some(order) = order_view(database, partner).await? else {
        return done("no such order");
    };
    let news = News { event_type: event.event_type, at: event.at, order: &order };
    let body = serde_json::to_vec(&news)?;
    let told = courier.tell(partner.id, &used.callback.value.url, &event.id.to_string(), body).await?;
    crash::point("send-partner-callback.after-call", event.order_id);
    let now = Timestamp::now();
    let Some(delivery) = judged(&event, before, &told, now, rand::random()) else {
        return done("no partner's order");
    };
    if delivery.outcome == DeliveryOutcome::SwitchedOff {
        let (title, actor) = (partner.id.to_string(), Actor::system("send-partner-callback"));
        database.pause_callback(partner.id, &title, &used.callback, &actor, now).await?;
    }
    database.note_delivery(partner.id, &delivery).await?;
    count(&delivery);
    Ok(report(&delivery, now))
}

fn count(delivery: &Delivery) {
    let metric = match delivery.outcome {
        DeliveryOutcome::Delivered => Metric::CallbacksDelivered,
        DeliveryOutcome::Failed | DeliveryOutcome::GaveUp | DeliveryOutcome::SwitchedOff => {
            Metric::CallbacksFailed
        }
    };
    telemetry::count(metric, 1);
}

/// What the queue is told: a try that failed is no failure of ours, the message comes again when it is time.
fn report(delivery: &Delivery, now: Timestamp) -> Report {
    let event = delivery.event_type.name();
    let outcome = match delivery.outcome {
        DeliveryOutcome::Delivered => "taken",
        DeliveryOutcome::Failed => "not taken",
        DeliveryOutcome::GaveUp => "not taken, and given up",
        DeliveryOutcome::SwitchedOff => "not wanted any more",
    };
    let why = delivery.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
    let summary = format!("{event} of {}: {outcome}{why}", delivery.reference);
    match delivery.next_try_at {
        Some(next) => {
            let left = next.duration_since(now).max(SignedDuration::ZERO).unsigned_abs();
            // A second more, as queues count whole ones.
            Outcome::Later(left + Duration::from_secs(1)).saying(summary)
        }
        None => Outcome::Done.saying(summary),
    }
}

#[cfg(test)]
mod tests {
    use domain::{EventId, OrderId, PartnerReference};

    use super::*;

    fn delivery(outcome: DeliveryOutcome, next_try_at: Option<Timestamp>) -> Delivery {
        Delivery {
            id: EventId::generate(),
            event_type: OrderEventType::OrderFulfilled,
            order_id: OrderId::generate(),
            reference: PartnerReference::parse("A-1001").unwrap(),
            tried_at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            outcome,
            status: Some(503),
            detail: next_try_at.map(|_| "answered 503".to_owned()),
            took_ms: 7,
            next_try_at,
        }
    }

    #[test]
    fn what_is_to_be_tried_again_stays_in_the_queue() {
        let now = Timestamp::UNIX_EPOCH;
        let next = now + Duration::from_secs(9);
        let later = report(&delivery(DeliveryOutcome::Failed, Some(next)), now);
        let pause = Outcome::Later(Duration::from_secs(10));
        assert_eq!(later, pause.saying("OrderFulfilled of A-1001: not taken: answered 503"));
        let done = report(&delivery(DeliveryOutcome::Delivered, None), now);
        assert_eq!(done, Outcome::Done.saying("OrderFulfilled of A-1001: taken"));
    }
}
