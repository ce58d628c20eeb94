//! Suppliers that were deleted. What they were called is kept, as tasks that they had tell of them for ever; all else goes.
//!
//! A supplier is gone with one write. What lay beside it in the table goes after that, part by part, and is of no use to
//! anybody until then: offers of a supplier that is none are left out wherever offers are read.

use domain::SupplierId;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::Actor;
use crate::batch::MAX_WRITES;
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::suppliers::{SupplierRecord, SupplierWriteError, entry};
use crate::transaction::{CommitError, Subject};
use crate::{Database, Table, keys};

/// How many calls that delete items are under way at once.
const PARALLEL: usize = 4;

/// A supplier that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormerSupplier {
    /// Its id, which no other gets.
    pub id: SupplierId,
    /// What it was called.
    pub name: String,
    /// When it was deleted.
    pub deleted_at: Timestamp,
}

impl Database {
    /// All suppliers that were deleted; one that was deleted within the last second may be missing.
    pub async fn former_suppliers(&self) -> Result<Vec<FormerSupplier>, StoreError> {
        self.all_of(&Partition::of_first(Table::Fulfilment, keys::FORMER_SUPPLIERS), item::data).await
    }

    /// A supplier that was deleted, as of now.
    pub async fn former_supplier(&self, id: SupplierId) -> Result<Option<FormerSupplier>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::former_supplier(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::data).transpose()
    }

    /// Deletes a supplier, if nobody changed it since it was read. What lies beside it is left to
    /// [`Database::clear_supplier`].
    pub async fn delete_supplier(
        &self,
        record: &Versioned<SupplierRecord>,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), SupplierWriteError> {
        let supplier = &record.value.supplier;
        let former = FormerSupplier { id: supplier.id, name: supplier.name.clone(), deleted_at: now };
        let index = [("gsi1pk", item::text(keys::FORMER_SUPPLIERS)), ("gsi1sk", item::text(supplier.id))];
        let item = item::with_data(keys::former_supplier(supplier.id), &former, index)?;
        let key = keys::supplier(supplier.id);
        let mut transaction = self.transaction();
        match record.version {
            // The first suppliers had no version.
            0 => transaction.remove(Table::Fulfilment, key)?,
            read => transaction.delete(Subject::Supplier, Table::Fulfilment, key, read)?,
        };
        transaction.put(Subject::Unconditional, Table::Fulfilment, item, None)?;
        transaction.audit(&entry(actor, "supplier.deleted", Some(&record.value), None)?)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => SupplierWriteError::Outdated,
            CommitError::Store(error) => error.into(),
        })
    }

    /// Clears away what lies beside a supplier that was deleted: its offers, what is known of its health, its budget and its
    /// calls. Says how many items that were. Safe to repeat.
    pub async fn clear_supplier(&self, former: &FormerSupplier) -> Result<usize, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .key_condition_expression("pk = :pk")
            .projection_expression("pk, sk")
            .expression_attribute_values(":pk", item::text(keys::supplier_partition(former.id)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut left_over = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            if goes(&item) {
                left_over.push(item);
            }
        }
        let deletions: Vec<_> =
            left_over.chunks(MAX_WRITES).map(|batch| self.delete_items(Table::Fulfilment, batch)).collect();
        stream::iter(deletions).buffer_unordered(PARALLEL).try_collect::<()>().await?;
        Ok(left_over.len())
    }
}

/// Whether an item in the partition of a supplier goes with it. Should the supplier be there again, it stays.
fn goes(item: &Item) -> bool {
    !matches!(item::sort_key(item), keys::FORMER_SUPPLIER | keys::SUPPLIER)
}

#[cfg(test)]
mod tests {
    use domain::{EventId, Sku};

    use super::*;

    #[test]
    fn all_goes_but_the_name() {
        let id = SupplierId::generate();
        let sku = Sku::parse("A-1").unwrap();
        let gone = [
            keys::offer(id, &sku),
            keys::circuit(id),
            keys::rate(id),
            keys::slot(id, 3),
            keys::budget(id, "2026-11"),
            keys::health(id, "2026-11-22T07"),
            keys::health_log(id, EventId::generate()),
        ];
        assert!(gone.into_iter().all(|key| goes(&key.into_item())));
        assert!(!goes(&keys::former_supplier(id).into_item()));
        assert!(!goes(&keys::supplier(id).into_item()));
    }
}
