//! The bus: what happened to orders and tasks, told to whoever wants to know.

use std::fmt;

use aws_config::SdkConfig;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::DisplayErrorContext;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use domain::{EventId, OrderId, SupplierId, TaskEventType, TaskId, TraceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::orders::OrderEvent;
use telemetry::trace;
use thiserror::Error;

use crate::message::{Message, SOURCE, Subject};

/// The `Source` of the events of tasks.
pub const TASK_SOURCE: &str = "ironmonger.fulfilment";

/// The most events that the bus takes in one call.
const MAX_BATCH: usize = 10;

/// What happened to a task: it came to another status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskEvent {
    /// The event's id: the same for the same change, however often it is told.
    pub id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: TaskEventType,
    /// To which task.
    pub task_id: TaskId,
    /// The order that the task is a part of.
    pub order_id: OrderId,
    /// The supplier whose task it is.
    pub supplier_id: SupplierId,
    /// When.
    pub at: Timestamp,
    /// The request that began it all, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// The trace that the task belongs to, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
}

/// An event of either kind, as a rule of the bus puts it into a queue. The bus adds more members than we read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", content = "detail")]
pub enum BusEvent {
    /// Something happened to an order.
    #[serde(rename = "ironmonger.orders")]
    Order(OrderEvent),
    /// Something happened to a task.
    #[serde(rename = "ironmonger.fulfilment")]
    Task(TaskEvent),
}

impl Message for BusEvent {
    fn subject(&self) -> Subject {
        match self {
            Self::Order(event) => Subject {
                request_id: Some(event.request_id.clone()),
                trace_id: event.trace_id,
                order_id: Some(event.order_id),
                task_id: None,
            },
            Self::Task(event) => Subject {
                request_id: event.request_id.clone(),
                trace_id: event.trace_id,
                order_id: Some(event.order_id),
                task_id: Some(event.task_id),
            },
        }
    }
}

/// Something that can be told on the bus.
pub trait Telling: Serialize {
    /// Whose event it is.
    const SOURCE: &'static str;

    /// What happened.
    fn name(&self) -> &'static str;

    /// The order that it is about.
    fn order_id(&self) -> OrderId;

    /// The task that it is about.
    fn task_id(&self) -> Option<TaskId> {
        None
    }

    /// The request that began it all.
    fn request_id(&self) -> Option<&str>;

    /// The trace that it belongs to.
    fn trace_id(&self) -> Option<TraceId>;
}

impl Telling for OrderEvent {
    const SOURCE: &'static str = SOURCE;

    fn name(&self) -> &'static str {
        self.event_type.name()
    }

    fn order_id(&self) -> OrderId {
        self.order_id
    }

    fn request_id(&self) -> Option<&str> {
        Some(&self.request_id)
    }

    fn trace_id(&self) -> Option<TraceId> {
        self.trace_id
    }
}

impl Telling for TaskEvent {
    const SOURCE: &'static str = TASK_SOURCE;

    fn name(&self) -> &'static str {
        self.event_type.name()
    }

    fn order_id(&self) -> OrderId {
        self.order_id
    }

    fn task_id(&self) -> Option<TaskId> {
        Some(self.task_id)
    }

    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    fn trace_id(&self) -> Option<TraceId> {
        self.trace_id
    }
}

/// Events that the bus did not take. Some others of the same call may be told.
#[derive(Debug, Error)]
#[error("the bus did not take an event: {0}")]
pub struct BusError(String);

impl BusError {
    fn of(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

/// The bus.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// The bus that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { client: Client::new(config), name: cloud::setting("EVENT_BUS")? })
    }

    /// Tells events, in their order, and whether any of them was not taken.
    pub async fn tell<E: Telling>(&self, events: &[E]) -> Result<(), BusError> {
        for batch in events.chunks(MAX_BATCH) {
            let mut entries = Vec::with_capacity(batch.len());
            for event in batch {
                entries.push(trace::within_any(event.trace_id(), async { self.entry(event) }).await?);
            }
            let answer = self.client.put_events().set_entries(Some(entries)).send().await;
            let answer = answer.map_err(|error| BusError::of(DisplayErrorContext(error)))?;
            let refused =
                answer.entries().iter().find_map(|entry| entry.error_code().zip(entry.error_message()));
            if let Some((code, message)) = refused {
                return Err(BusError::of(format_args!("{code}: {message}")));
            }
        }
        Ok(())
    }

    /// What is told of an event, which the log also says.
    fn entry<E: Telling>(&self, event: &E) -> Result<PutEventsRequestEntry, BusError> {
        let task_id = event.task_id().map(tracing::field::display);
        let (order_id, request_id) = (event.order_id(), event.request_id());
        tracing::info!(%order_id, task_id, request_id, event = event.name(), "telling");
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(E::SOURCE)
            .detail_type(event.name())
            .resources(order_id.to_string())
            .set_trace_header(trace::xray_header())
            .detail(serde_json::to_string(event).map_err(BusError::of)?);
        Ok(entry.build())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// As the bus delivers it: with more around it than we read.
    fn delivered(source: &str, detail: &Value) -> Value {
        json!({
            "version": "0",
            "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
            "detail-type": detail["type"],
            "source": source,
            "account": "111122223333",
            "time": "2026-01-01T00:00:00Z",
            "region": "eu-west-2",
            "resources": [],
            "detail": detail,
        })
    }

    #[test]
    fn an_event_of_either_kind_is_read_as_the_bus_delivers_it() {
        let event = TaskEvent {
            id: EventId::generate(),
            event_type: TaskEventType::TaskSubmitted,
            task_id: TaskId::generate(),
            order_id: OrderId::generate(),
            supplier_id: SupplierId::generate(),
            at: Timestamp::UNIX_EPOCH,
            request_id: None,
            trace_id: Some(TraceId::generate()),
        };
        let detail = serde_json::to_value(&event).unwrap();
        assert_eq!(detail["type"], "TaskSubmitted");
        assert_eq!(detail.get("requestId"), None);
        let read: BusEvent = serde_json::from_value(delivered(TASK_SOURCE, &detail)).unwrap();
        let subject = Subject {
            request_id: None,
            trace_id: event.trace_id,
            order_id: Some(event.order_id),
            task_id: Some(event.task_id),
        };
        assert_eq!(read.subject(), subject);
        assert_eq!(read, BusEvent::Task(event));

        let detail = json!({
            "id": EventId::generate(),
            "type": "OrderPaid",
            "orderId": OrderId::generate(),
            "at": "2026-01-01T00:00:00Z",
            "requestId": "r-1",
        });
        let read: BusEvent = serde_json::from_value(delivered(SOURCE, &detail)).unwrap();
        assert!(matches!(&read, BusEvent::Order(event) if event.request_id == "r-1"), "{read:?}");
        assert!(serde_json::from_value::<BusEvent>(delivered("aws.s3", &detail)).is_err());
    }
}
