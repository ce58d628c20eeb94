//! Webhooks: programs that are told what happens in the shop, what they were told, and what came of it.

mod deliveries;
mod lists;

use domain::webhook::Pause;
use domain::{CustomerEmail, Webhook, WebhookEvent, WebhookId};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::callbacks::CallbackFailure;
use crate::error::{StoreError, held};
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};
pub use deliveries::{Attempt, AttemptOutcome, DELIVERY_LIFETIME, Delivery, DeliveryState, Happening};
pub use lists::{DeliveryPage, Stretch, Which};

/// The most webhooks that a shop has: each event is matched against all of them.
pub const MAX_WEBHOOKS: usize = 50;
/// That a webhook takes what it is told is written down at most this often.
pub const LAST_SUCCESS_EVERY: SignedDuration = SignedDuration::from_secs(60);

const LAST_SUCCESS: &str = "lastSuccess";
const LAST_FAILURE: &str = "lastFailure";
const FAILING_SINCE: &str = "failingSince";

/// A webhook and how it did of late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedWebhook {
    /// The webhook.
    pub webhook: Versioned<Webhook>,
    /// When it last took something, give or take [`LAST_SUCCESS_EVERY`].
    pub last_success_at: Option<Timestamp>,
    /// What was wrong when it last did not.
    pub last_failure: Option<CallbackFailure>,
    /// Since when it has taken nothing of what it was told; nothing where it took the last thing.
    pub failing_since: Option<Timestamp>,
}

impl Database {
    /// All webhooks, the newest first; one that was made within the last second may be missing.
    pub async fn merchant_webhooks(&self) -> Result<Vec<UsedWebhook>, StoreError> {
        self.all_of(&Partition::of_first(Table::Console, keys::MERCHANT_WEBHOOKS).backwards(), read).await
    }

    /// A webhook as of now.
    pub async fn merchant_webhook(&self, id: WebhookId) -> Result<Option<UsedWebhook>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::merchant_webhook(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(read).transpose()
    }

    /// Writes down that a webhook took something, where that is news.
    pub async fn note_webhook_success(&self, used: &UsedWebhook, at: Timestamp) -> Result<(), StoreError> {
        let recent = used.last_success_at.is_some_and(|last| at.duration_since(last) < LAST_SUCCESS_EVERY);
        if recent && used.failing_since.is_none() {
            return Ok(());
        }
        let sent = self
            .client
            .update_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::merchant_webhook(used.webhook.value.id).into_item()))
            .update_expression("SET #success = :at REMOVE #since")
            // A webhook that was deleted in the meantime does not come back.
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#success", LAST_SUCCESS)
            .expression_attribute_names("#since", FAILING_SINCE)
            .expression_attribute_values(":at", item::to_attribute(&at)?)
            .send();
        held("UpdateItem", sent.await)?;
        Ok(())
    }

    /// Writes down that a webhook did not take something, and gives the time since when it has taken nothing.
    pub async fn note_webhook_failure(
        &self,
        used: &UsedWebhook,
        failure: &CallbackFailure,
    ) -> Result<Timestamp, StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::merchant_webhook(used.webhook.value.id).into_item()))
            .update_expression("SET #failure = :failure, #since = if_not_exists(#since, :at)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#failure", LAST_FAILURE)
            .expression_attribute_names("#since", FAILING_SINCE)
            .expression_attribute_values(":failure", item::to_attribute(failure)?)
            .expression_attribute_values(":at", item::to_attribute(&failure.at)?)
            .send();
        held("UpdateItem", sent.await)?;
        Ok(used.failing_since.unwrap_or(failure.at))
    }

    /// Stops telling a webhook, for a reason of the shop's own. Where somebody changed it since it was read, it is another
    /// one, and goes on. Says whether it was stopped.
    pub async fn pause_merchant_webhook(
        &self,
        before: &Versioned<Webhook>,
        pause: Pause,
        actor: &Actor,
    ) -> Result<bool, StoreError> {
        let value = before.value.paused(pause);
        let entry = audit(actor, "webhook.paused", Some(&before.value), Some(&value))?;
        let after = Versioned { value, version: before.version };
        let mut transaction = self.transaction();
        transaction.update_merchant_webhook(&after)?.audit(&entry)?;
        match transaction.commit().await {
            Ok(()) => Ok(true),
            Err(CommitError::Refused(_)) => Ok(false),
            Err(CommitError::Store(error)) => Err(error),
        }
    }
}

impl Transaction<'_> {
    /// Stores a new webhook.
    pub fn create_merchant_webhook(&mut self, webhook: &Webhook) -> Result<&mut Self, StoreError> {
        let more = [
            (item::VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::MERCHANT_WEBHOOKS)),
            ("gsi1sk", item::text(webhook.id)),
        ];
        let item = item::with_data(keys::merchant_webhook(webhook.id), webhook, more)?;
        self.put(Subject::Webhook, Table::Console, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed webhook, if nobody else changed it since it was read. How it did stays as it is.
    pub fn update_merchant_webhook(&mut self, webhook: &Versioned<Webhook>) -> Result<&mut Self, StoreError> {
        let key = keys::merchant_webhook(webhook.value.id);
        self.replace(Subject::Webhook, Table::Console, key, webhook)
    }

    /// The same of one that is told again: how long it took nothing counts anew.
    pub fn resume_merchant_webhook(&mut self, webhook: &Versioned<Webhook>) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #data = :data, #version = :next REMOVE #failingSince",
            condition: Some("#version = :read"),
            names: &[item::DATA, item::VERSION, FAILING_SINCE],
            values: vec![
                (":data", item::stored(&webhook.value)?),
                (":next", item::number(webhook.version + 1)),
                (":read", item::number(webhook.version)),
            ],
        };
        let key = keys::merchant_webhook(webhook.value.id);
        self.update(Subject::Webhook, Table::Console, key, change)
    }

    /// Deletes a webhook, if nobody changed it since it was read. What it was told is forgotten in time.
    pub fn delete_merchant_webhook(&mut self, id: WebhookId, version: u64) -> Result<&mut Self, StoreError> {
        self.delete(Subject::Webhook, Table::Console, keys::merchant_webhook(id), version)
    }
}

/// What the audit trail keeps of a webhook: an address may hold what only few should read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Audited {
    host: String,
    description: String,
    events: Vec<WebhookEvent>,
    paused: Option<Pause>,
    changed_at: Timestamp,
    previous_secret_until: Option<Timestamp>,
    created_by: CustomerEmail,
}

impl From<&Webhook> for Audited {
    fn from(webhook: &Webhook) -> Self {
        Self {
            host: webhook.host.clone(),
            description: webhook.description.clone(),
            events: webhook.events.iter().copied().collect(),
            paused: webhook.pause.clone(),
            changed_at: webhook.changed_at,
            previous_secret_until: webhook.previous_secret_until,
            created_by: webhook.created_by.clone(),
        }
    }
}

/// Tells the audit trail of something that was done to a webhook. At least one of `before` and `after` is there.
pub fn audit(
    actor: &Actor,
    action: &str,
    before: Option<&Webhook>,
    after: Option<&Webhook>,
) -> Result<AuditEntry, StoreError> {
    let subject = after
        .or(before)
        .map(|webhook| AuditSubject::new("webhook", webhook.id, webhook.title()))
        .ok_or_else(|| StoreError::Unwritable("nothing was done to no webhook".into()))?;
    let (before, after) = (before.map(Audited::from), after.map(Audited::from));
    AuditEntry::of(actor, action, subject, before.as_ref(), after.as_ref())
}

fn read(item: &Item) -> Result<UsedWebhook, StoreError> {
    Ok(UsedWebhook {
        webhook: item::versioned(item)?,
        last_success_at: item::attribute(item, LAST_SUCCESS)?,
        last_failure: item::attribute(item, LAST_FAILURE)?,
        failing_since: item::attribute(item, FAILING_SINCE)?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::{OrderEventType, PauseReason};

    use super::*;

    fn webhook(at: Timestamp) -> Webhook {
        Webhook {
            id: WebhookId::generate(),
            url: "https://erp.example/hook-4711?token=s3cret".into(),
            host: "erp.example".into(),
            description: "The ERP".into(),
            events: BTreeSet::from([WebhookEvent::Order(OrderEventType::OrderPaid)]),
            pause: None,
            created_at: at,
            created_by: CustomerEmail::parse("ada@example.org").unwrap(),
            changed_at: at,
            previous_secret_until: None,
        }
    }

    #[test]
    fn the_audit_trail_keeps_no_address() {
        let before = webhook(Timestamp::UNIX_EPOCH);
        let at = "2026-11-22T10:00:00Z".parse().unwrap();
        let after = before.paused(Pause { at, reason: PauseReason::Dead, note: None, by: None });
        let actor = Actor::system("test");
        let made = audit(&actor, "webhook.created", None, Some(&before)).unwrap();
        let paused = audit(&actor, "webhook.paused", Some(&before), Some(&after)).unwrap();
        for entry in [&made, &paused] {
            assert_eq!(entry.subject.title, "The ERP");
            let told = serde_json::to_string(entry).unwrap();
            assert!(!told.contains("4711") && !told.contains("s3cret"), "{told}");
        }
        assert!(serde_json::to_string(&paused.changes).unwrap().contains("dead"));
        assert!(audit(&actor, "webhook.deleted", None, None).is_err());
    }

    #[test]
    fn an_item_tells_how_the_webhook_did() {
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let webhook = webhook(at);
        let version = [(item::VERSION, item::number(3))];
        let mut stored = item::with_data(keys::merchant_webhook(webhook.id), &webhook, version).unwrap();
        let unused = read(&stored).unwrap();
        assert_eq!((&unused.webhook.value, unused.webhook.version), (&webhook, 3));
        assert_eq!((unused.last_success_at, unused.last_failure, unused.failing_since), (None, None, None));
        stored.insert(LAST_SUCCESS.into(), item::to_attribute(&at).unwrap());
        stored.insert(FAILING_SINCE.into(), item::to_attribute(&at).unwrap());
        let used = read(&stored).unwrap();
        assert_eq!((used.last_success_at, used.failing_since), (Some(at), Some(at)));
    }
}
