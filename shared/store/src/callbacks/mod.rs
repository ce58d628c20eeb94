//! Where partners want to be told of their orders, and what came of telling them.

mod deliveries;

use std::collections::BTreeMap;

use domain::PartnerId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{CommitError, Subject, Transaction};
use crate::{Database, Table};
pub use deliveries::{DELIVERY_LIFETIME, Delivery, DeliveryOutcome, SHOWN_DELIVERIES};

const LAST_SUCCESS: &str = "lastSuccess";
const LAST_FAILURE: &str = "lastFailure";

/// Where a partner wants to be told of its orders. What the calls are signed with is kept apart from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    /// The address, which may hold more than anybody but the partner should read.
    pub url: String,
    /// The address's host.
    pub host: String,
    /// When the partner first asked to be told.
    pub created_at: Timestamp,
    /// When the partner last changed something.
    pub changed_at: Timestamp,
    /// Since when nothing is told, because the partner's program said that it is gone for good, or the partner has no key
    /// any more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paused_at: Option<Timestamp>,
    /// How long calls are signed with the former secret too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous_secret_until: Option<Timestamp>,
}

/// A call that did not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallbackFailure {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A callback and how it did of late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedCallback {
    /// The callback.
    pub callback: Versioned<Callback>,
    /// When the partner's program last took something.
    pub last_success_at: Option<Timestamp>,
    /// What was wrong when it last did not.
    pub last_failure: Option<CallbackFailure>,
}

impl Database {
    /// Where a partner wants to be told of its orders.
    pub async fn callback(&self, partner: PartnerId) -> Result<Option<UsedCallback>, StoreError> {
        self.of_partner(keys::callback(partner)).await?.as_ref().map(read).transpose()
    }

    /// Where these partners want to be told of their orders; those who do not are absent. No partner may come twice.
    pub async fn callbacks(
        &self,
        partners: impl IntoIterator<Item = PartnerId>,
    ) -> Result<BTreeMap<PartnerId, UsedCallback>, StoreError> {
        let wanted: BTreeMap<_, _> =
            partners.into_iter().map(|id| (keys::partner_partition(id), id)).collect();
        let items = self.items(Table::Console, wanted.values().map(|id| keys::callback(*id))).await?;
        let mut found = BTreeMap::new();
        for item in &items {
            if let Some(id) = wanted.get(&item::key(item)?.pk) {
                found.insert(*id, read(item)?);
            }
        }
        Ok(found)
    }

    /// Stops telling a partner, whose key staff call `title`. Where the partner changed the callback since it was read, it is
    /// another one, and stays.
    pub async fn pause_callback(
        &self,
        partner: PartnerId,
        title: &str,
        before: &Versioned<Callback>,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut after = before.clone();
        after.value.paused_at = Some(now);
        let (from, to) = (Some(&before.value), Some(&after.value));
        let entry = audit(actor, "partnerCallback.switchedOff", partner, title, from, to)?;
        let mut transaction = self.transaction();
        transaction.update_callback(partner, &after)?.audit(&entry)?;
        match transaction.commit().await {
            Ok(()) | Err(CommitError::Refused(_)) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    async fn of_partner(&self, key: keys::Key) -> Result<Option<Item>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(key.into_item()))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::sdk("GetItem"))?.item)
    }
}

/// What the audit trail keeps of a callback: an address may hold what only the partner should read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Audited<'a> {
    host: &'a str,
    changed_at: Timestamp,
    paused_at: Option<Timestamp>,
    previous_secret_until: Option<Timestamp>,
}

impl<'a> From<&'a Callback> for Audited<'a> {
    fn from(callback: &'a Callback) -> Self {
        let Callback { changed_at, paused_at, previous_secret_until, .. } = *callback;
        Self { host: &callback.host, changed_at, paused_at, previous_secret_until }
    }
}

/// Tells the audit trail of a change of the callback of a partner, whose key staff call `title`.
pub fn audit(
    actor: &Actor,
    action: &str,
    partner: PartnerId,
    title: &str,
    before: Option<&Callback>,
    after: Option<&Callback>,
) -> Result<AuditEntry, StoreError> {
    let (before, after) = (before.map(Audited::from), after.map(Audited::from));
    let subject = AuditSubject::new("partnerCallback", partner, title);
    AuditEntry::of(actor, action, subject, before.as_ref(), after.as_ref())
}

fn read(item: &Item) -> Result<UsedCallback, StoreError> {
    Ok(UsedCallback {
        callback: item::versioned(item)?,
        last_success_at: item::attribute(item, LAST_SUCCESS)?,
        last_failure: item::attribute(item, LAST_FAILURE)?,
    })
}

impl Transaction<'_> {
    /// Stores where a partner wants to be told, who did not want to before.
    pub fn create_callback(
        &mut self,
        partner: PartnerId,
        callback: &Callback,
    ) -> Result<&mut Self, StoreError> {
        let version = [(item::VERSION, item::number(1))];
        let item = item::with_data(keys::callback(partner), callback, version)?;
        self.put(Subject::Callback, Table::Console, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed callback, if nobody else changed it since it was read.
    pub fn update_callback(
        &mut self,
        partner: PartnerId,
        callback: &Versioned<Callback>,
    ) -> Result<&mut Self, StoreError> {
        self.replace(Subject::Callback, Table::Console, keys::callback(partner), callback)
    }

    /// Deletes a callback, if nobody changed it since it was read.
    pub fn delete_callback(
        &mut self,
        partner: PartnerId,
        callback: &Versioned<Callback>,
    ) -> Result<&mut Self, StoreError> {
        self.delete(Subject::Callback, Table::Console, keys::callback(partner), callback.version)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn callback(at: Timestamp) -> Callback {
        Callback {
            url: "https://calder.example/hook-4711?token=s3cret".into(),
            host: "calder.example".into(),
            created_at: at,
            changed_at: at,
            paused_at: None,
            previous_secret_until: None,
        }
    }

    #[test]
    fn the_audit_trail_keeps_no_address() {
        let callback = callback(Timestamp::UNIX_EPOCH);
        let (actor, partner) = (Actor::system("test"), PartnerId::generate());
        let entry = audit(&actor, "partnerCallback.set", partner, "Calder", None, Some(&callback));
        let entry = serde_json::to_string(&entry.unwrap()).unwrap();
        assert!(entry.contains("calder.example"), "{entry}");
        assert!(!entry.contains("4711") && !entry.contains("s3cret"), "{entry}");
    }

    #[test]
    fn an_item_tells_how_the_callback_did() {
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let callback = callback(at);
        let version = [(item::VERSION, item::number(3))];
        let mut stored = item::with_data(keys::callback(PartnerId::generate()), &callback, version).unwrap();
        let unused = read(&stored).unwrap();
        assert_eq!((&unused.callback.value, unused.callback.version), (&callback, 3));
        assert_eq!((unused.last_success_at, unused.last_failure), (None, None));

        stored.insert(LAST_SUCCESS.into(), item::to_attribute(&at).unwrap());
        let failure = json!({ "at": at, "reason": "answered 500" });
        stored.insert(LAST_FAILURE.into(), item::to_attribute(&failure).unwrap());
        let used = read(&stored).unwrap();
        assert_eq!(used.last_success_at, Some(at));
        assert_eq!(used.last_failure, Some(CallbackFailure { at, reason: "answered 500".into() }));
    }
}
