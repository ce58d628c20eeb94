//! Suppliers, offers and tasks.

use std::collections::BTreeSet;

use domain::{Offer, OrderId, Sku, Supplier, SupplierId, Task, TaskId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Change, Subject, Transaction};
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
}

impl Database {
    /// Stores a supplier, in place of an older one with its id.
    pub async fn put_supplier(&self, record: &SupplierRecord) -> Result<(), StoreError> {
        let id = record.supplier.id;
        let more = [("gsi1pk", item::text(keys::SUPPLIERS)), ("gsi1sk", item::text(id))];
        self.put_fulfilment(item::with_data(keys::supplier(id), record, more)?).await
    }

    /// Stores an offer, in place of an older one of the same supplier for the same SKU.
    pub async fn put_offer(&self, offer: &Offer) -> Result<(), StoreError> {
        let more = [
            ("gsi1pk", item::text(keys::offers_of(&offer.sku))),
            ("gsi1sk", item::text(keys::supplier_partition(offer.supplier_id))),
        ];
        self.put_fulfilment(item::with_data(keys::offer(offer.supplier_id, &offer.sku), offer, more)?).await
    }

    async fn put_fulfilment(&self, item: Item) -> Result<(), StoreError> {
        let request = self.client.put_item().table_name(self.table(Table::Fulfilment)?).set_item(Some(item));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(())
    }

    /// A supplier.
    pub async fn supplier(&self, id: SupplierId) -> Result<Option<SupplierRecord>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::supplier(id).into_item()));
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::data).transpose()
    }

    /// All suppliers.
    pub async fn suppliers(&self) -> Result<Vec<SupplierRecord>, StoreError> {
        self.query_index("gsi1", keys::SUPPLIERS.into(), None, item::data).await
    }

    /// All offers for a SKU.
    pub async fn offers_of(&self, sku: &Sku) -> Result<Vec<Offer>, StoreError> {
        self.query_index("gsi1", keys::offers_of(sku), None, item::data).await
    }

    /// All tasks of an order; one that was written within the last second may be missing.
    pub async fn tasks_of_order(&self, order: OrderId) -> Result<Vec<Task>, StoreError> {
        self.query_index("gsi1", keys::order_partition(order), None, item::data).await
    }

    /// A supplier's open tasks that want to be looked after by `until`, or all of them, the most urgent first.
    pub async fn active_tasks(
        &self,
        supplier: SupplierId,
        until: Option<Timestamp>,
    ) -> Result<Vec<Versioned<Task>>, StoreError> {
        // `~` sorts behind every id of that second.
        let until = until.map(|at| format!("{}#~", keys::sortable_time(at)));
        self.query_index("gsi2", keys::active_tasks(supplier), until, item::versioned).await
    }

    /// Whether a supplier has open tasks.
    pub async fn has_active_tasks(&self, supplier: SupplierId) -> Result<bool, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .index_name("gsi2")
            .key_condition_expression("gsi2pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::active_tasks(supplier)))
            .limit(1)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        Ok(answer.count() > 0)
    }

    async fn query_index<T>(
        &self,
        index: &str,
        pk: String,
        until: Option<String>,
        read: fn(&Item) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .index_name(index)
            .expression_attribute_values(":pk", item::text(pk));
        let query = match until {
            None => query.key_condition_expression(format!("{index}pk = :pk")),
            Some(until) => query
                .key_condition_expression(format!("{index}pk = :pk AND {index}sk <= :until"))
                .expression_attribute_values(":until", item::text(until)),
        };
        let mut items = query.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(item) = items.next().await {
            found.push(read(&item.map_err(StoreError::sdk("Query"))?)?);
        }
        Ok(found)
    }

    /// A task as of now.
    pub async fn task(&self, id: TaskId) -> Result<Option<Versioned<Task>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::task(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// These tasks as of now, in any order; what does not exist is absent.
    pub async fn tasks(&self, ids: &BTreeSet<TaskId>) -> Result<Vec<Task>, StoreError> {
        let items = self.items(Table::Fulfilment, ids.iter().map(|id| keys::task(*id))).await?;
        items.iter().map(item::data).collect()
    }
}

impl Transaction<'_> {
    /// Stores a new task.
    pub fn create_task(&mut self, task: &Task) -> Result<&mut Self, StoreError> {
        let more = [
            (item::VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::order_partition(task.order_id()))),
            ("gsi1sk", item::text(keys::task(task.id()).pk)),
            ("gsi2pk", item::text(keys::active_tasks(task.supplier_id()))),
            ("gsi2sk", item::text(keys::active_task(task.attention_at(), task.id()))),
        ];
        let item = item::with_data(keys::task(task.id()), task, more)?;
        self.put(Subject::Task(task.id()), Table::Fulfilment, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed task, if nobody else changed it since it was read. A final one leaves the index of open tasks.
    pub fn update_task(&mut self, task: &Versioned<Task>) -> Result<&mut Self, StoreError> {
        let value = &task.value;
        let mut values = vec![
            (":data", item::to_attribute(value)?),
            (":next", item::number(task.version + 1)),
            (":read", item::number(task.version)),
        ];
        let update = if value.status().is_final() {
            "SET #data = :data, #version = :next REMOVE gsi2pk, gsi2sk"
        } else {
            values.push((":pk", item::text(keys::active_tasks(value.supplier_id()))));
            values.push((":sk", item::text(keys::active_task(value.attention_at(), value.id()))));
            "SET #data = :data, #version = :next, gsi2pk = :pk, gsi2sk = :sk"
        };
        let change = Change {
            update,
            condition: Some("#version = :read"),
            names: &[item::DATA, item::VERSION],
            values,
        };
        self.update(Subject::Task(value.id()), Table::Fulfilment, keys::task(value.id()), change)
    }
}
