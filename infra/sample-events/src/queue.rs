//! Messages, as queues give them to their workers: of the types that the workers read.

use domain::{
    CustomerId, DeliveryId, EventId, OrderEventType, OrderId, PartnerId, PartnerRef, PartnerReference,
    SupplierId, TaskId, TraceId, WebhookId,
};
use events::message::SOURCE;
use events::{DeletionMessage, DispatchMessage, SyncMessage};
use jiff::Timestamp;
use notify::message::WebhookMessage;
use search_functions::rebuild_search_index::RebuildMessage;
use serde::Serialize;
use serde_json::{Value, json};
use store::orders::OrderEvent;

use crate::error::SampleError;
use crate::{ACCOUNT, AT, REGION, ids};

/// A batch of one message for a worker.
pub fn event(function: &str) -> Result<Value, SampleError> {
    let body = body(function)?;
    Ok(json!({ "Records": [{
        "messageId": ids::MESSAGE,
        "receiptHandle": "sample",
        "body": body.to_string(),
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1795356000000",
            "SenderId": ACCOUNT,
            "ApproximateFirstReceiveTimestamp": "1795356000080",
        },
        "messageAttributes": {},
        "md5OfBody": "00000000000000000000000000000000",
        "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{function}"),
        "awsRegion": REGION,
    }] }))
}

fn body(function: &str) -> Result<Value, SampleError> {
    match function {
        "expire-order" => of_order(OrderEventType::OrderPlaced),
        "plan-order" | "push-events" => of_order(OrderEventType::OrderPaid),
        "fan-out-event" => of_order(OrderEventType::OrderFulfilled),
        "send-partner-callback" => {
            let reference = known(PartnerReference::parse("A-1001"), "a reference")?;
            let id = known(PartnerId::parse(&ids::id(PartnerId::PREFIX)), "a partner's id")?;
            let event = order_event(OrderEventType::OrderFulfilled)?;
            Ok(bus_message(&OrderEvent { partner: Some(PartnerRef { id, reference }), ..event }))
        }
        "dispatch-task" => text(&DispatchMessage {
            task_id: known(TaskId::parse(&ids::id(TaskId::PREFIX)), "a task's id")?,
            order_id: order_id()?,
            request_id: ids::MESSAGE.into(),
            trace_id: Some(trace_id()?),
            turn: None,
            at: None,
        }),
        "sync-supplier" => text(&SyncMessage {
            supplier_id: known(SupplierId::parse(&ids::id(SupplierId::PREFIX)), "a supplier's id")?,
            turn: None,
        }),
        "delete-customer" => text(&DeletionMessage {
            customer_id: known(CustomerId::parse(ids::OTHER_PERSON), "a customer's id")?,
            request_id: ids::MESSAGE.into(),
            trace_id: Some(trace_id()?),
        }),
        "deliver-webhook" => text(&WebhookMessage::Deliver {
            webhook_id: known(WebhookId::parse(&ids::id(WebhookId::PREFIX)), "a webhook's id")?,
            delivery_id: known(DeliveryId::parse(&ids::id(DeliveryId::PREFIX)), "a delivery's id")?,
            ticket: ids::ULID.into(),
            again: None,
            order_id: order_id()?,
            task_id: None,
            request_id: Some(ids::MESSAGE.into()),
            trace_id: Some(trace_id()?),
        }),
        "rebuild-search-index" => text(&RebuildMessage { requested_at: at()? }),
        _ => Err(SampleError::Unknown { function: function.to_owned(), caller: "queue" }),
    }
}

fn text(message: &impl Serialize) -> Result<Value, SampleError> {
    Ok(serde_json::to_value(message)?)
}

fn of_order(event_type: OrderEventType) -> Result<Value, SampleError> {
    Ok(bus_message(&order_event(event_type)?))
}

/// An event of an order, as it stands in the table.
pub fn order_event(event_type: OrderEventType) -> Result<OrderEvent, SampleError> {
    Ok(OrderEvent {
        id: known(EventId::parse(&ids::id(EventId::PREFIX)), "an event's id")?,
        event_type,
        order_id: order_id()?,
        at: at()?,
        request_id: ids::MESSAGE.into(),
        trace_id: Some(trace_id()?),
        partner: None,
    })
}

/// What a rule of the bus puts into a queue.
fn bus_message(event: &OrderEvent) -> Value {
    json!({
        "version": "0",
        "id": ids::MESSAGE,
        "detail-type": event.event_type.name(),
        "source": SOURCE,
        "account": ACCOUNT,
        "time": AT,
        "region": REGION,
        "resources": [event.order_id],
        "detail": event,
    })
}

fn order_id() -> Result<OrderId, SampleError> {
    known(OrderId::parse(&ids::id(OrderId::PREFIX)), "an order's id")
}

fn trace_id() -> Result<TraceId, SampleError> {
    known(TraceId::parse(ids::TRACE), "a trace's id")
}

/// When it all happens.
pub fn at() -> Result<Timestamp, SampleError> {
    known(AT.parse(), "a time")
}

/// A value of the events, which are written so that the code takes them.
pub fn known<T, E>(parsed: Result<T, E>, what: &'static str) -> Result<T, SampleError> {
    parsed.map_err(|_| SampleError::Value(what))
}

#[cfg(test)]
mod tests {
    use events::{BusEvent, BusMessage, Message};
    use serde::de::DeserializeOwned;

    use super::*;

    fn read<M: Message + DeserializeOwned>(function: &str) -> M {
        let event = event(function).unwrap();
        serde_json::from_str(event["Records"][0]["body"].as_str().unwrap()).unwrap()
    }

    #[test]
    fn workers_read_their_messages() {
        for function in ["expire-order", "plan-order", "send-partner-callback"] {
            assert_eq!(read::<BusMessage>(function).subject().order_id, Some(order_id().unwrap()));
        }
        assert!(read::<BusMessage>("send-partner-callback").detail.partner.is_some());
        assert!(read::<DispatchMessage>("dispatch-task").subject().task_id.is_some());
        read::<SyncMessage>("sync-supplier");
        read::<DeletionMessage>("delete-customer");
        read::<RebuildMessage>("rebuild-search-index");
        assert!(read::<WebhookMessage>("deliver-webhook").subject().order_id.is_some());
        for function in ["push-events", "fan-out-event"] {
            assert!(matches!(read::<BusEvent>(function), BusEvent::Order(_)));
        }
    }

    #[test]
    fn a_worker_that_nobody_thought_of_is_named() {
        let error = event("mow-lawn").unwrap_err().to_string();
        assert!(error.contains("mow-lawn") && error.contains("queue"), "{error}");
    }
}
