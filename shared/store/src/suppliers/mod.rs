//! Suppliers.
//!
//! When a secret was set stands beside the supplier's data, not in it, and is no change of it; the secret itself is never
//! in a table.

mod secrets;

use domain::{Supplier, SupplierId, SupplierStatus};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::secrets::{SecretUse, SecretsSet};
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::health::{HealthEntry, HealthKind};
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};

/// A supplier, and how to talk to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupplierRecord {
    /// The supplier.
    pub supplier: Supplier,
    /// The kind of adapter, such as `http-json`.
    pub adapter: String,
    /// The adapter's configuration.
    pub configuration: serde_json::Value,
    /// How the supplier signs what it tells of its own accord, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<serde_json::Value>,
}

/// A supplier with all that is kept of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSupplier {
    /// The supplier, and how to talk to it.
    pub record: Versioned<SupplierRecord>,
    /// When its secrets were set.
    pub secrets: SecretsSet,
}

/// Why a supplier was not written.
#[derive(Debug, Error)]
pub enum SupplierWriteError {
    /// There is a supplier with this id already.
    #[error("the supplier exists already")]
    Taken,
    /// Somebody else changed it since it was read.
    #[error("somebody else changed the supplier")]
    Outdated,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// A supplier as of now.
    pub async fn supplier(&self, id: SupplierId) -> Result<Option<Versioned<SupplierRecord>>, StoreError> {
        Ok(self.stored_supplier(id).await?.map(|stored| stored.record))
    }

    /// A supplier with all that is kept of it, as of now.
    pub async fn stored_supplier(&self, id: SupplierId) -> Result<Option<StoredSupplier>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::supplier(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(stored).transpose()
    }

    /// All suppliers; one that was written within the last second may be missing, or as it was.
    pub async fn suppliers(&self) -> Result<Vec<Versioned<SupplierRecord>>, StoreError> {
        self.all_of(&Partition::of_first(Table::Fulfilment, keys::SUPPLIERS), versioned).await
    }

    /// How many open tasks a supplier has; not counted beyond `most`.
    pub async fn count_open_tasks(&self, supplier: SupplierId, most: u64) -> Result<u64, StoreError> {
        let open = Partition::of_second(Table::Fulfilment, keys::active_tasks(supplier));
        self.count_of(&open, Some(most)).await
    }

    /// Stores a new supplier.
    pub async fn create_supplier(
        &self,
        record: &SupplierRecord,
        actor: &Actor,
    ) -> Result<(), SupplierWriteError> {
        let id = record.supplier.id;
        let more = [
            (item::VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::SUPPLIERS)),
            ("gsi1sk", item::text(id)),
        ];
        let item = item::with_data(keys::supplier(id), record, more)?;
        let mut transaction = self.transaction();
        transaction.put(Subject::Supplier, Table::Fulfilment, item, Some("attribute_not_exists(pk)"))?;
        transaction.audit(&entry(actor, "supplier.created", None, Some(record))?)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => SupplierWriteError::Taken,
            CommitError::Store(error) => error.into(),
        })
    }

    /// Changes a supplier that was read as `before`; what follows for its health log is written there too. Where nothing
    /// differs, nothing is written.
    pub async fn update_supplier(
        &self,
        before: &Versioned<SupplierRecord>,
        record: SupplierRecord,
        actor: &Actor,
    ) -> Result<Versioned<SupplierRecord>, SupplierWriteError> {
        if before.value == record {
            return Ok(before.clone());
        }
        let after = Versioned { value: record, version: before.version };
        let now = Timestamp::now();
        let mut transaction = self.transaction();
        transaction.update_supplier(&after)?;
        let by = format!("by {}", actor.email.as_ref().map_or(actor.id.as_str(), |email| email.as_str()));
        for kind in events(&before.value, &after.value) {
            transaction.log_health(after.value.supplier.id, &HealthEntry::new(kind, by.clone(), now))?;
        }
        transaction.audit(&entry(actor, "supplier.updated", Some(&before.value), Some(&after.value))?)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => SupplierWriteError::Outdated,
            CommitError::Store(error) => error.into(),
        })?;
        Ok(Versioned { version: before.version + 1, ..after })
    }
}

impl Transaction<'_> {
    /// Stores a changed supplier, if nobody else changed it since it was read.
    pub fn update_supplier(&mut self, record: &Versioned<SupplierRecord>) -> Result<&mut Self, StoreError> {
        let mut change = Change {
            update: "SET #data = :data, #version = :next",
            condition: Some("#version = :read"),
            names: &[item::DATA, item::VERSION],
            values: vec![
                (":data", item::stored(&record.value)?),
                (":next", item::number(record.version + 1)),
            ],
        };
        match record.version {
            0 => change.condition = Some("attribute_exists(pk) AND attribute_not_exists(#version)"),
            read => change.values.push((":read", item::number(read))),
        }
        self.update(Subject::Supplier, Table::Fulfilment, keys::supplier(record.value.supplier.id), change)
    }
}

fn stored(item: &Item) -> Result<StoredSupplier, StoreError> {
    Ok(StoredSupplier { record: versioned(item)?, secrets: SecretsSet::of(item)? })
}

/// The first suppliers had no version.
fn versioned(item: &Item) -> Result<Versioned<SupplierRecord>, StoreError> {
    Ok(Versioned { value: item::data(item)?, version: item::version_or_none(item)? })
}

/// What a change is in the supplier's health log.
fn events(before: &SupplierRecord, after: &SupplierRecord) -> Vec<HealthKind> {
    let mut events = Vec::new();
    if before.supplier.status != after.supplier.status {
        events.push(match after.supplier.status {
            SupplierStatus::Active => HealthKind::Activated,
            SupplierStatus::Draining => HealthKind::Draining,
            SupplierStatus::Paused => HealthKind::Paused,
        });
    }
    let mut otherwise = after.clone();
    otherwise.supplier.status = before.supplier.status;
    if *before != otherwise {
        events.push(HealthKind::Configured);
    }
    events
}

/// A supplier, as the audit trail names it.
#[must_use]
pub fn subject(supplier: &Supplier) -> AuditSubject {
    AuditSubject::new("supplier", supplier.id, &supplier.name)
}

/// What the audit trail tells of a change to a supplier; of one that is new there is no `before`, of a deleted one no `after`.
pub(crate) fn entry(
    actor: &Actor,
    action: &str,
    before: Option<&SupplierRecord>,
    after: Option<&SupplierRecord>,
) -> Result<AuditEntry, StoreError> {
    let about = before.or(after).map(|record| subject(&record.supplier));
    let about = about.ok_or_else(|| StoreError::Unwritable("a change of no supplier".into()))?;
    AuditEntry::of(actor, action, about, before, after)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> SupplierRecord {
        SupplierRecord {
            supplier: Supplier::new(SupplierId::generate(), "Calder".into(), 1),
            adapter: "http-json".into(),
            configuration: json!({ "baseUrl": "https://calder.example" }),
            webhook: None,
        }
    }

    #[test]
    fn the_health_log_tells_status_and_configuration_apart() {
        let before = record();
        let mut after = before.clone();
        assert_eq!(events(&before, &after), []);
        after.supplier.status = SupplierStatus::Draining;
        assert_eq!(events(&before, &after), [HealthKind::Draining]);
        after.configuration["baseUrl"] = "https://calder.test".into();
        assert_eq!(events(&before, &after), [HealthKind::Draining, HealthKind::Configured]);
        after.supplier.status = SupplierStatus::Active;
        assert_eq!(events(&before, &after), [HealthKind::Configured]);
    }

    #[test]
    fn a_supplier_reads_back_with_its_secrets_times_and_without() {
        let mut item = item::with_data(
            keys::supplier(SupplierId::generate()),
            &record(),
            [(item::VERSION, item::number(3))],
        )
        .unwrap();
        let read = stored(&item).unwrap();
        assert_eq!((read.record.version, read.secrets), (3, SecretsSet::default()));
        let at: Timestamp = "2026-11-22T07:30:00Z".parse().unwrap();
        item.insert(SecretUse::Webhook.attribute().into(), item::text(at));
        assert_eq!(stored(&item).unwrap().secrets, SecretsSet { credential: None, webhook: Some(at) });
        item.remove(item::VERSION);
        assert_eq!(stored(&item).unwrap().record.version, 0);
    }
}
