//! Fan-out queue: finds out which webhooks want to hear of an event, and has it told to each.
//!
//! What is to be told is written down first, once for each webhook however often the event comes, and then sent off. Whoever
//! dies in between comes by again, and sends off what was not.

use aws_config::SdkConfig;
use domain::{Webhook, WebhookEvent};
use events::{BusEvent, Outcome, Queue, Report, WorkError};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use store::Database;
use store::merchant_webhooks::{Delivery, DeliveryState, Happening};
use telemetry::crash;
use ulid::Ulid;

use crate::desk::WEBHOOK_QUEUE;
use crate::message::WebhookMessage;

/// How many webhooks are seen to at once.
const PARALLEL: usize = 8;

/// Who has events told.
#[derive(Debug, Clone)]
pub struct FanOut {
    /// The tables.
    pub database: Database,
    /// The queue of what is to be told.
    pub queue: Queue,
}

impl FanOut {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), queue: Queue::from_env(config, WEBHOOK_QUEUE)? })
    }
}

/// Handles one event of the bus.
pub async fn handle(fan_out: &FanOut, event: BusEvent) -> Result<Report, WorkError> {
    let Some(happening) = happening(event) else {
        return Ok(Outcome::Done.saying("webhooks are not told of this"));
    };
    let webhooks = fan_out.database.merchant_webhooks().await?;
    let wanting = webhooks.iter().map(|used| &used.webhook.value).filter(|it| it.wants(happening.event));
    let recorded = wanting.map(|webhook| record(&fan_out.database, webhook, &happening));
    let messages: Vec<_> = stream::iter(recorded).buffered(PARALLEL).try_collect().await?;
    let messages: Vec<_> = messages.into_iter().flatten().collect();
    crash::point("fan-out-event.before-send", happening.id);
    fan_out.queue.send(&messages).await?;
    Ok(Outcome::Done.saying(format!("{} to {} webhooks", happening.event, messages.len())))
}

/// What webhooks are told of an event of the bus, if anything.
fn happening(event: BusEvent) -> Option<Happening> {
    Some(match event {
        BusEvent::Order(event) => Happening {
            id: event.id,
            event: WebhookEvent::of_order(event.event_type)?,
            order_id: event.order_id,
            task_id: None,
            at: event.at,
            request_id: Some(event.request_id),
            trace_id: event.trace_id,
        },
        BusEvent::Task(event) => Happening {
            id: event.id,
            event: WebhookEvent::Task(event.event_type),
            order_id: event.order_id,
            task_id: Some(event.task_id),
            at: event.at,
            request_id: event.request_id,
            trace_id: event.trace_id,
        },
    })
}

/// Writes down that a webhook is to be told, and gives the message that has it told; nothing where it was sent before, or is
/// not to be sent now.
async fn record(
    database: &Database,
    webhook: &Webhook,
    happening: &Happening,
) -> Result<Option<WebhookMessage>, WorkError> {
    let (now, ticket) = (Timestamp::now(), Ulid::generate().to_string());
    let delivery = Delivery::new(webhook.id, happening.clone(), ticket.clone(), now);
    let delivery = if webhook.is_active() { delivery } else { delivery.held(now) };
    if database.record_delivery(&delivery).await? {
        return Ok((delivery.state == DeliveryState::Pending)
            .then(|| WebhookMessage::deliver(&delivery, ticket, None)));
    }
    let Some(before) = database.webhook_delivery(webhook.id, delivery.id).await? else { return Ok(None) };
    if !may_be_unsent(&before.value) {
        return Ok(None);
    }
    // Another message takes the place of the first one, which may have been sent all the same.
    let renewed = Delivery { ticket: ticket.clone(), ..before.value };
    let saved = database.save_delivery(renewed, before.version, None).await?;
    Ok(saved.map(|saved| WebhookMessage::deliver(&saved.value, ticket, None)))
}

/// Whether whoever wrote a delivery down may have died before it was sent off. One that was tried was.
fn may_be_unsent(delivery: &Delivery) -> bool {
    delivery.state == DeliveryState::Pending && delivery.attempts == 0
}

#[cfg(test)]
mod tests {
    use domain::{EventId, OrderEventType, OrderId, WebhookId};
    use store::orders::OrderEvent;

    use super::*;
    use crate::catalogue::examples;

    fn order_event(event_type: OrderEventType) -> BusEvent {
        BusEvent::Order(OrderEvent {
            id: EventId::generate(),
            event_type,
            order_id: OrderId::generate(),
            at: Timestamp::UNIX_EPOCH,
            request_id: "r-1".into(),
            partner: None,
            trace_id: None,
        })
    }

    #[test]
    fn webhooks_are_told_what_the_catalogue_says() {
        for event in OrderEventType::ALL {
            let told = happening(order_event(event)).map(|happening| happening.event);
            assert_eq!(told, WebhookEvent::of_order(event));
        }
    }

    #[test]
    fn only_what_was_never_tried_is_sent_off_again() {
        let now = Timestamp::UNIX_EPOCH;
        let delivery = Delivery::new(WebhookId::generate(), examples::order().unwrap().0, "1".into(), now);
        assert!(may_be_unsent(&delivery));
        assert!(!may_be_unsent(&delivery.held(now)));
        assert!(!may_be_unsent(&Delivery { attempts: 1, ..delivery }));
    }
}
