//! What stands in the queues.
//!
//! While a new release comes in, functions of both releases read and write the same queues: members that a release does not know
//! are left out of account, and those that it adds may be missing.

use domain::{CustomerId, OrderId, SupplierId, TaskId, TraceId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::orders::OrderEvent;

/// The `Source` of our events on the bus.
pub const SOURCE: &str = "ironmonger.orders";

/// Something that can stand in a queue.
pub trait Message: DeserializeOwned + Send {
    /// The request and the trace that it came of, and the order and task that it is about: fields for the log.
    fn subject(&self) -> Subject;
}

/// What a message is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The request that began it all.
    pub request_id: Option<String>,
    /// The trace that it belongs to.
    pub trace_id: Option<TraceId>,
    /// The order.
    pub order_id: Option<OrderId>,
    /// The task.
    pub task_id: Option<TaskId>,
}

/// An event as a rule of the bus puts it into a queue. The bus adds more members than we read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusMessage {
    /// What happened.
    pub detail: OrderEvent,
}

impl Message for BusMessage {
    fn subject(&self) -> Subject {
        let OrderEvent { order_id, request_id, trace_id, .. } = &self.detail;
        Subject {
            request_id: Some(request_id.clone()),
            trace_id: *trace_id,
            order_id: Some(*order_id),
            task_id: None,
        }
    }
}

/// Asks to place a task with its supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DispatchMessage {
    /// The task.
    pub task_id: TaskId,
    /// The order it is a part of.
    pub order_id: OrderId,
    /// The request that began it all.
    pub request_id: String,
    /// The trace that the task belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
    /// When it is this task's turn to call the supplier, where one was taken already.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub turn: Option<Timestamp>,
    /// The time that the message was sent for, where the task waits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<Timestamp>,
}

impl Message for DispatchMessage {
    fn subject(&self) -> Subject {
        Subject {
            request_id: Some(self.request_id.clone()),
            trace_id: self.trace_id,
            order_id: Some(self.order_id),
            task_id: Some(self.task_id),
        }
    }
}

/// Asks to bring a supplier's open tasks up to date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncMessage {
    /// The supplier.
    pub supplier_id: SupplierId,
    /// When it is our turn to call the supplier, where one was taken already.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub turn: Option<Timestamp>,
}

impl Message for SyncMessage {
    fn subject(&self) -> Subject {
        Subject::default()
    }
}

/// Asks to forget a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletionMessage {
    /// The customer.
    pub customer_id: CustomerId,
    /// The request that began it all.
    pub request_id: String,
    /// The trace that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
}

impl Message for DeletionMessage {
    fn subject(&self) -> Subject {
        Subject { request_id: Some(self.request_id.clone()), trace_id: self.trace_id, ..Subject::default() }
    }
}

#[cfg(test)]
mod tests {
    use domain::{OrderEventType, PartnerId, PartnerRef, PartnerReference};

    use super::*;

    #[test]
    fn an_event_is_read_as_the_bus_delivers_it() {
        let order_id = OrderId::generate();
        let body = serde_json::json!({
            "version": "0",
            "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
            "detail-type": "OrderPaid",
            "source": SOURCE,
            "account": "111122223333",
            "time": "2026-01-01T00:00:00Z",
            "region": "eu-west-2",
            "resources": [],
            "detail": {
                "id": domain::EventId::generate(),
                "type": "OrderPaid",
                "orderId": order_id,
                "at": "2026-01-01T00:00:00Z",
                "requestId": "r-1",
                "traceId": "5759e988bd862e3fe1be46a994272793",
            },
        });
        let message: BusMessage = serde_json::from_value(body).unwrap();
        let subject = Subject {
            request_id: Some("r-1".into()),
            trace_id: Some(TraceId::parse("5759e988bd862e3fe1be46a994272793").unwrap()),
            order_id: Some(order_id),
            task_id: None,
        };
        assert_eq!(message.subject(), subject);
    }

    #[test]
    fn a_message_of_another_release_is_read() {
        let mut message = serde_json::json!({
            "taskId": TaskId::generate(), "orderId": OrderId::generate(), "requestId": "r-1",
        });
        let former: DispatchMessage = serde_json::from_value(message.clone()).unwrap();
        assert_eq!(former.subject().trace_id, None);
        message["later"] = true.into();
        assert_eq!(serde_json::from_value::<DispatchMessage>(message).unwrap(), former);
    }

    /// The rule for callbacks asks whether `detail.partner.id` is there.
    #[test]
    fn an_event_says_through_which_partner_the_order_came() {
        let reference = PartnerReference::parse("A-1001").unwrap();
        let mut event = OrderEvent {
            id: domain::EventId::generate(),
            event_type: OrderEventType::OrderPaid,
            order_id: OrderId::generate(),
            at: Timestamp::UNIX_EPOCH,
            request_id: "r-1".into(),
            trace_id: None,
            partner: Some(PartnerRef { id: PartnerId::generate(), reference }),
        };
        let told = serde_json::to_value(&event).unwrap();
        assert!(told["partner"]["id"].as_str().unwrap().starts_with(PartnerId::PREFIX), "{told}");
        assert_eq!(serde_json::from_value::<OrderEvent>(told).unwrap(), event);
        event.partner = None;
        assert_eq!(serde_json::to_value(&event).unwrap().get("partner"), None);
    }
}
