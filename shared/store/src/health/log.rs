//! The log of what happened to a supplier.

use domain::{EventId, SupplierId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// How long the log is kept.
pub const LOG_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What kind of thing happened to a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HealthKind {
    /// It failed so often that it is left alone for a while.
    CircuitOpened,
    /// It answers again.
    CircuitClosed,
    /// It gets no tasks and no calls any more.
    Paused,
    /// It gets no more tasks, but finishes those that it has.
    Draining,
    /// It gets tasks again.
    Activated,
    /// Its adapter's configuration, terms or limits were changed.
    Configured,
    /// A secret of it was changed.
    SecretChanged,
    /// It said something that its configuration does not know.
    UnknownState,
    /// It charged more than its offer says.
    ChargedMore,
    /// What it charged is more than its budget allows: it gets nothing more until the period ends.
    BudgetExceeded,
    /// It was asked to wait with calls, and is left alone for that long.
    AskedForRest,
}

impl HealthKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::CircuitOpened,
        Self::CircuitClosed,
        Self::Paused,
        Self::Draining,
        Self::Activated,
        Self::Configured,
        Self::SecretChanged,
        Self::UnknownState,
        Self::ChargedMore,
        Self::BudgetExceeded,
        Self::AskedForRest,
    ];
}

/// An entry of a supplier's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HealthEntry {
    /// The entry's id.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: HealthKind,
    /// In words, without secrets.
    pub detail: String,
}

impl HealthEntry {
    /// A new entry.
    #[must_use]
    pub fn new(kind: HealthKind, detail: impl Into<String>, at: Timestamp) -> Self {
        Self { id: EventId::generate(), at, kind, detail: detail.into() }
    }
}

impl Database {
    /// The latest entries of a supplier's log, the newest first.
    pub async fn health_log(
        &self,
        supplier: SupplierId,
        limit: usize,
    ) -> Result<Vec<HealthEntry>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :log)")
            .expression_attribute_values(":pk", item::text(keys::supplier_partition(supplier)))
            .expression_attribute_values(":log", item::text(keys::HEALTH_LOG_PREFIX))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        answer.items().iter().map(item::data).collect()
    }

    /// Writes an entry of a supplier's log that belongs to no other change.
    pub async fn log_health(&self, supplier: SupplierId, entry: &HealthEntry) -> Result<(), StoreError> {
        let request = self
            .client
            .put_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_item(Some(log_item(supplier, entry)?));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(())
    }
}

fn log_item(supplier: SupplierId, entry: &HealthEntry) -> Result<Item, StoreError> {
    let ttl = [(item::TTL, item::number((entry.at + LOG_LIFETIME).as_second()))];
    item::with_data(keys::health_log(supplier, entry.id), entry, ttl)
}

impl Transaction<'_> {
    /// Writes an entry of a supplier's log.
    pub fn log_health(&mut self, supplier: SupplierId, entry: &HealthEntry) -> Result<&mut Self, StoreError> {
        let item = log_item(supplier, entry)?;
        self.put(Subject::Unconditional, Table::Fulfilment, item, None)
    }
}
