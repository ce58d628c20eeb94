//! What stands in the queue of what is to be told.

use domain::{DeliveryId, OrderId, TaskId, TraceId, WebhookId};
use events::Message;
use events::message::Subject;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::merchant_webhooks::{Delivery, DeliveryState};

/// Something to do about a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WebhookMessage {
    /// Something is to be told.
    Deliver {
        /// To whom.
        webhook_id: WebhookId,
        /// What.
        delivery_id: DeliveryId,
        /// The message's own name. A delivery waits for one message; any other is of no use any more.
        ticket: String,
        /// Whether it is to be told anew, and which that may be. Such a message is waited for once it comes.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        again: Option<Again>,
        /// The order that it is about.
        order_id: OrderId,
        /// The task that it is about.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        task_id: Option<TaskId>,
        /// The request that began it all.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        request_id: Option<String>,
        /// The trace that it belongs to.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        trace_id: Option<TraceId>,
    },
    /// All that nobody took and nobody tries is to be told anew.
    Recover {
        /// To whom.
        webhook_id: WebhookId,
        /// What stands like this.
        state: DeliveryState,
        /// What happened at this time or later.
        since: Timestamp,
        /// What happened before this time: when somebody wanted it.
        until: Timestamp,
        /// What lies behind this one; the others were sent off already.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        behind: Option<DeliveryId>,
        /// The request of whoever wanted it.
        request_id: String,
        /// The trace of that request.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        trace_id: Option<TraceId>,
    },
}

/// Which deliveries may be told anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Again {
    /// Each: somebody wants this very one.
    Any,
    /// Those that nobody took and nobody tries.
    Lost,
}

impl WebhookMessage {
    /// Has a delivery told.
    #[must_use]
    pub fn deliver(delivery: &Delivery, ticket: String, again: Option<Again>) -> Self {
        let happening = &delivery.happening;
        Self::Deliver {
            webhook_id: delivery.webhook_id,
            delivery_id: delivery.id,
            ticket,
            again,
            order_id: happening.order_id,
            task_id: happening.task_id,
            request_id: happening.request_id.clone(),
            trace_id: happening.trace_id,
        }
    }
}

impl Message for WebhookMessage {
    fn subject(&self) -> Subject {
        match self {
            Self::Deliver { order_id, task_id, request_id, trace_id, .. } => Subject {
                request_id: request_id.clone(),
                trace_id: *trace_id,
                order_id: Some(*order_id),
                task_id: *task_id,
            },
            Self::Recover { request_id, trace_id, .. } => {
                Subject { request_id: Some(request_id.clone()), trace_id: *trace_id, ..Subject::default() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_back() {
        let recover = WebhookMessage::Recover {
            webhook_id: WebhookId::generate(),
            state: DeliveryState::Held,
            since: Timestamp::UNIX_EPOCH,
            until: "2026-11-22T10:00:00Z".parse().unwrap(),
            behind: Some(DeliveryId::generate()),
            request_id: "r-1".into(),
            trace_id: Some(TraceId::generate()),
        };
        let json = serde_json::to_value(&recover).unwrap();
        assert_eq!((&json["kind"], &json["state"]), (&"recover".into(), &"held".into()));
        assert!(json["webhookId"].is_string(), "{json}");
        assert_eq!(serde_json::from_value::<WebhookMessage>(json).unwrap(), recover);
        assert_eq!(recover.subject().request_id.as_deref(), Some("r-1"));
    }
}
