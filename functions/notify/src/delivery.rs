//! What a webhook was told, as those see it who look after it.

use domain::{DeliveryId, EventId, OrderId, TaskId, TraceId, WebhookEvent};
use jiff::Timestamp;
use serde::Serialize;
use store::merchant_webhooks::{Attempt, AttemptOutcome, Delivery, DeliveryState};
use utoipa::ToSchema;

/// The telling of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    /// The delivery's id.
    #[schema(value_type = String, example = "dlv_01JD0000000000000000000000")]
    id: DeliveryId,
    /// The event's id, which is sent as `webhook-id`.
    #[schema(value_type = String, example = "evt_01JD0000000000000000000000")]
    event_id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "OrderPaid")]
    event: WebhookEvent,
    /// To which order.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    order_id: OrderId,
    /// To which task of it; null where it did not happen to a task.
    #[schema(value_type = Option<String>, example = "tsk_01JD0000000000000000000000")]
    task_id: Option<TaskId>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    happened_at: Timestamp,
    /// `pending`: it is to be tried, for the first time or again; `delivered`; `failed`: it is not tried any more; `held`: the
    /// webhook was paused.
    #[schema(value_type = String, example = "delivered")]
    state: DeliveryState,
    /// How often it was tried.
    attempts: u32,
    /// When it was tried last.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_attempt_at: Option<Timestamp>,
    /// The HTTP status that was answered last, if anything was.
    status: Option<u16>,
    /// What was wrong with the last try.
    #[schema(example = "answered 503")]
    detail: Option<String>,
    /// How long the last try took, in milliseconds.
    took_ms: Option<u64>,
    /// When it is tried, or tried again.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_attempt_at: Option<Timestamp>,
}

impl From<&Delivery> for WebhookDelivery {
    fn from(delivery: &Delivery) -> Self {
        let (happening, last) = (&delivery.happening, delivery.last.as_ref());
        Self {
            id: delivery.id,
            event_id: happening.id,
            event: happening.event,
            order_id: happening.order_id,
            task_id: happening.task_id,
            happened_at: happening.at,
            state: delivery.state,
            attempts: delivery.attempts,
            last_attempt_at: last.map(|last| last.at),
            status: last.and_then(|last| last.status),
            detail: last.and_then(|last| last.detail.clone()),
            took_ms: last.map(|last| last.took_ms),
            next_attempt_at: delivery.next_attempt_at,
        }
    }
}

/// The telling of one event, and each try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDeliveryDetail {
    /// As it is listed.
    #[serde(flatten)]
    row: WebhookDelivery,
    /// The trace that it belongs to, for the logs.
    #[schema(value_type = Option<String>, example = "5759e988bd862e3fe1be46a994272793")]
    trace_id: Option<TraceId>,
    /// The tries, the latest first; the last hundred.
    history: Vec<WebhookAttempt>,
}

/// A try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookAttempt {
    /// Which it was, beginning with 1.
    number: u32,
    /// When it ended.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `delivered`; `refused`: the answer was none from 200 to 299; `unreachable`: no answer came in time; `forbidden`:
    /// nothing was sent.
    #[schema(value_type = String, example = "refused")]
    outcome: AttemptOutcome,
    /// The HTTP status, if anything was answered.
    status: Option<u16>,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// What was wrong.
    #[schema(example = "answered 503")]
    detail: Option<String>,
    /// The beginning of the answer, up to 2,048 characters, without secrets and without who bought.
    answer: Option<String>,
}

impl From<Attempt> for WebhookAttempt {
    fn from(attempt: Attempt) -> Self {
        let Attempt { number, at, outcome, status, took_ms, detail, answer } = attempt;
        Self { number, at, outcome, status, took_ms, detail, answer }
    }
}

impl WebhookDeliveryDetail {
    /// A delivery with its tries.
    #[must_use]
    pub fn of(delivery: &Delivery, attempts: Vec<Attempt>) -> Self {
        Self {
            row: delivery.into(),
            trace_id: delivery.happening.trace_id,
            history: attempts.into_iter().map(Into::into).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::WebhookId;
    use serde_json::{Value, json};

    use super::*;
    use crate::catalogue::examples;

    #[test]
    fn a_delivery_shows_its_last_try_and_then_all() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut delivery =
            Delivery::new(WebhookId::generate(), examples::order().unwrap().0, "1".into(), now);
        let fresh = serde_json::to_value(WebhookDelivery::from(&delivery)).unwrap();
        assert_eq!(
            (&fresh["state"], &fresh["status"], &fresh["tookMs"]),
            (&json!("pending"), &Value::Null, &Value::Null)
        );
        let attempt = Attempt {
            number: 1,
            at: now,
            outcome: AttemptOutcome::Refused,
            status: Some(503),
            took_ms: 12,
            detail: Some("answered 503".into()),
            answer: Some("busy".into()),
        };
        delivery.last = Some(Attempt { answer: None, ..attempt.clone() });
        delivery.attempts = 1;
        let detail = serde_json::to_value(WebhookDeliveryDetail::of(&delivery, vec![attempt])).unwrap();
        assert_eq!((&detail["status"], &detail["detail"]), (&json!(503), &json!("answered 503")));
        assert_eq!(detail["type"], json!(delivery.happening.event));
        let tried = &detail["history"][0];
        assert_eq!((&tried["answer"], &tried["outcome"]), (&json!("busy"), &json!("refused")));
    }
}
