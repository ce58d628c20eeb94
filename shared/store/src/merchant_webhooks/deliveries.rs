//! What a webhook was told, and each try.

use domain::{DeliveryId, EventId, OrderId, TaskId, TraceId, WebhookEvent, WebhookId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::{StoreError, held};
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{CommitError, Subject};
use crate::{Database, Table};

/// How long a delivery and its tries are remembered after the last change.
pub const DELIVERY_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// It is to be tried, for the first time or again.
    Pending,
    /// The program took it.
    Delivered,
    /// It is not tried any more.
    Failed,
    /// It was to be tried while the webhook was paused.
    Held,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Delivered, Self::Failed, Self::Held];
    /// Those of deliveries that nobody took and nobody tries.
    pub const LOST: [Self; 2] = [Self::Failed, Self::Held];

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AttemptOutcome {
    /// The program took it.
    Delivered,
    /// The program answered, but not with a status from 200 to 299.
    Refused,
    /// No answer came in time.
    Unreachable,
    /// The address leads where the shop does not call, or there was nothing to sign with. Nothing was sent.
    Forbidden,
}

/// A try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Which it was, beginning with 1.
    pub number: u32,
    /// When it ended.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// The HTTP status, if anything was answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What was wrong.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// The beginning of the answer, without what is nobody's business.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer: Option<String>,
}

/// What a webhook is told of. How the order or the task stands is read when it is told: nothing of a customer is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// The event's id.
    pub id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    pub event: WebhookEvent,
    /// To which order.
    pub order_id: OrderId,
    /// To which task of it, where it happened to one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub task_id: Option<TaskId>,
    /// When.
    pub at: Timestamp,
    /// The request that began it all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// The trace that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
}

/// The telling of one event to one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Its id, which is made of the event's: the same event comes to the same delivery.
    pub id: DeliveryId,
    /// Whom it is told.
    pub webhook_id: WebhookId,
    /// What is told.
    pub happening: Happening,
    /// Where it stands.
    pub state: DeliveryState,
    /// The message that it waits for; any other is of no use any more.
    pub ticket: String,
    /// When it was first to be told or, where somebody had it told anew, when that was.
    pub begun_at: Timestamp,
    /// How often it was tried since then.
    pub tries: u32,
    /// How often it was tried at all, tries included that died.
    pub attempts: u32,
    /// Before when it is not tried.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_attempt_at: Option<Timestamp>,
    /// What came of the last try.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last: Option<Attempt>,
    /// When something of it last changed.
    pub changed_at: Timestamp,
}

impl Delivery {
    /// The delivery of an event to a webhook, which waits for this message.
    #[must_use]
    pub fn new(webhook_id: WebhookId, happening: Happening, ticket: String, now: Timestamp) -> Self {
        Self {
            id: DeliveryId::from_ulid(happening.id.ulid()),
            webhook_id,
            happening,
            state: DeliveryState::Pending,
            ticket,
            begun_at: now,
            tries: 0,
            attempts: 0,
            next_attempt_at: Some(now),
            last: None,
            changed_at: now,
        }
    }

    /// The same, told anew.
    #[must_use]
    pub fn begun_anew(&self, ticket: String, now: Timestamp) -> Self {
        Self {
            state: DeliveryState::Pending,
            ticket,
            begun_at: now,
            tries: 0,
            next_attempt_at: Some(now),
            changed_at: now,
            ..self.clone()
        }
    }

    /// The same, kept until somebody has it told.
    #[must_use]
    pub fn held(&self, now: Timestamp) -> Self {
        Self { state: DeliveryState::Held, next_attempt_at: None, changed_at: now, ..self.clone() }
    }
}

impl Database {
    /// Writes down that something is to be told, unless that is written down already. Says whether it was not.
    pub async fn record_delivery(&self, delivery: &Delivery) -> Result<bool, StoreError> {
        let sent = self
            .client
            .put_item()
            .table_name(self.table(Table::Console)?)
            .set_item(Some(written(delivery, 1)?))
            .condition_expression("attribute_not_exists(pk)")
            .send();
        held("PutItem", sent.await)
    }

    /// A delivery as of now.
    pub async fn webhook_delivery(
        &self,
        webhook: WebhookId,
        id: DeliveryId,
    ) -> Result<Option<Versioned<Delivery>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::webhook_delivery(webhook, id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Writes a changed delivery, and a try with it, if nobody else changed it since it was read at `version`. Gives it as
    /// it is then; nothing where somebody was faster.
    pub async fn save_delivery(
        &self,
        delivery: Delivery,
        version: u64,
        attempt: Option<&Attempt>,
    ) -> Result<Option<Versioned<Delivery>>, StoreError> {
        let mut transaction = self.transaction();
        let item = written(&delivery, version + 1)?;
        transaction.put_over(Subject::Webhook, Table::Console, item, version)?;
        if let Some(attempt) = attempt {
            let key = keys::webhook_attempt(delivery.webhook_id, delivery.id, attempt.number);
            let item = item::with_data(key, attempt, [(item::TTL, forgotten(delivery.changed_at))])?;
            transaction.put(Subject::Unconditional, Table::Console, item, None)?;
        }
        match transaction.commit().await {
            Ok(()) => Ok(Some(Versioned { value: delivery, version: version + 1 })),
            Err(CommitError::Refused(_)) => Ok(None),
            Err(CommitError::Store(error)) => Err(error),
        }
    }
}

fn forgotten(changed_at: Timestamp) -> aws_sdk_dynamodb::types::AttributeValue {
    item::number((changed_at + DELIVERY_LIFETIME).as_second())
}

fn written(delivery: &Delivery, version: u64) -> Result<Item, StoreError> {
    let more = [
        (item::VERSION, item::number(version)),
        (item::TTL, forgotten(delivery.changed_at)),
        ("gsi1pk", item::text(keys::webhook_deliveries(delivery.webhook_id, delivery.state.name()))),
        ("gsi1sk", item::text(delivery.id)),
    ];
    item::with_data(keys::webhook_delivery(delivery.webhook_id, delivery.id), delivery, more)
}

#[cfg(test)]
mod tests {
    use domain::OrderEventType;

    use super::*;

    fn happening(at: Timestamp) -> Happening {
        Happening {
            id: EventId::generate(),
            event: WebhookEvent::Order(OrderEventType::OrderPaid),
            order_id: OrderId::generate(),
            task_id: None,
            at,
            request_id: Some("r-1".into()),
            trace_id: None,
        }
    }

    #[test]
    fn the_same_event_comes_to_the_same_delivery() {
        let (webhook, now) = (WebhookId::generate(), Timestamp::UNIX_EPOCH);
        let happening = happening(now);
        let one = Delivery::new(webhook, happening.clone(), "1".into(), now);
        let other = Delivery::new(webhook, happening, "2".into(), now);
        assert_eq!(one.id, other.id);
        let item = written(&one, 1).unwrap();
        assert_eq!(item::versioned::<Delivery>(&item).unwrap(), Versioned { value: one, version: 1 });
    }

    #[test]
    fn what_is_told_anew_has_all_the_time_again() {
        let (one, two) = (Timestamp::UNIX_EPOCH, "2026-11-22T10:00:00Z".parse().unwrap());
        let mut delivery = Delivery::new(WebhookId::generate(), happening(one), "1".into(), one);
        (delivery.state, delivery.tries, delivery.attempts) = (DeliveryState::Failed, 30, 30);
        let anew = delivery.begun_anew("2".into(), two);
        assert_eq!((anew.state, anew.tries, anew.attempts), (DeliveryState::Pending, 0, 30));
        assert_eq!((anew.begun_at, anew.next_attempt_at, anew.ticket.as_str()), (two, Some(two), "2"));
        let held = anew.held(two);
        assert_eq!((held.state, held.next_attempt_at), (DeliveryState::Held, None));
    }

    #[test]
    fn each_state_has_a_name_and_a_place() {
        let mut names: Vec<_> = DeliveryState::ALL.map(DeliveryState::name).to_vec();
        for state in DeliveryState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
        names.dedup();
        assert_eq!(names.len(), DeliveryState::ALL.len());
    }
}
