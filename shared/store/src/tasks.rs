//! Tasks: the parts of orders that suppliers do.
//!
//! An open task stands in the second index below its supplier, by the time of the next look at it: when it is due to be
//! asked about, or, where that is sooner, when it must not be left alone any longer. One that ended stands there below its
//! status, by the time of its end.

use std::collections::BTreeSet;

use domain::{OrderId, SupplierId, Task, TaskId};
use jiff::{SignedDuration, Timestamp};

use crate::error::StoreError;
use crate::idempotency::hash;
use crate::index::Partition;
use crate::item::{self, Versioned};
use crate::keys;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Database, Table};

/// How long the pointer from a supplier's reference to the task is kept: longer than any task stays open.
pub const REFERENCE_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 400);

/// When to look at an open task next.
#[must_use]
pub fn next_look(task: &Task) -> Timestamp {
    task.next_poll_at().map_or(task.swept_at(), |poll| poll.min(task.swept_at()))
}

fn active_tasks(supplier: SupplierId) -> Partition {
    Partition::of_second(Table::Fulfilment, keys::active_tasks(supplier))
}

impl Database {
    /// All tasks of an order; one that was written within the last second may be missing.
    pub async fn tasks_of_order(&self, order: OrderId) -> Result<Vec<Task>, StoreError> {
        self.all_of(&Partition::of_first(Table::Fulfilment, keys::order_partition(order)), item::data).await
    }

    /// A supplier's open tasks that are due for a look by `until`, the most urgent first, at most `limit` of them.
    pub async fn due_tasks(
        &self,
        supplier: SupplierId,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Versioned<Task>>, StoreError> {
        let due = active_tasks(supplier).until(keys::until(until));
        self.first_of(&due, Some(limit), item::versioned).await
    }

    /// Whether a supplier has open tasks that are due for a look by `until`, or open tasks at all.
    pub async fn has_open_tasks(
        &self,
        supplier: SupplierId,
        until: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let open = active_tasks(supplier);
        let open = match until {
            None => open,
            Some(at) => open.until(keys::until(at)),
        };
        Ok(self.count_of(&open, Some(1)).await? > 0)
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

    /// The task that a supplier knows by this name.
    pub async fn task_by_reference(
        &self,
        supplier: SupplierId,
        reference: &str,
    ) -> Result<Option<Versioned<Task>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::reference(supplier, &hash(reference.as_bytes())).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        match found.item.as_ref().map(item::data::<TaskId>).transpose()? {
            Some(task) => self.task(task).await,
            None => Ok(None),
        }
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
            ("gsi2sk", item::text(keys::task_at(next_look(task), task.id()))),
        ];
        let item = item::with_data(keys::task(task.id()), task, more)?;
        self.put(Subject::Task(task.id()), Table::Fulfilment, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed task, if nobody else changed it since it was read. A final one moves from the
    /// open tasks of its supplier to those that ended like it.
    pub fn update_task(&mut self, task: &Versioned<Task>) -> Result<&mut Self, StoreError> {
        let value = &task.value;
        let mut values = vec![
            (":data", item::stored(value)?),
            (":next", item::number(task.version + 1)),
            (":read", item::number(task.version)),
        ];
        let (partition, at) = match value.ended_at() {
            Some(ended_at) => (keys::ended_tasks(value.status()), ended_at),
            None => (keys::active_tasks(value.supplier_id()), next_look(value)),
        };
        values.push((":pk", item::text(partition)));
        values.push((":sk", item::text(keys::task_at(at, value.id()))));
        let change = Change {
            update: "SET #data = :data, #version = :next, gsi2pk = :pk, gsi2sk = :sk",
            condition: Some("#version = :read"),
            names: &[item::DATA, item::VERSION],
            values,
        };
        self.update(Subject::Task(value.id()), Table::Fulfilment, keys::task(value.id()), change)
    }

    /// Stores under which name a supplier knows a task, unless that supplier knows another task by it.
    pub fn point_reference(
        &mut self,
        supplier: SupplierId,
        reference: &str,
        task: TaskId,
        now: Timestamp,
    ) -> Result<&mut Self, StoreError> {
        let ttl = [(item::TTL, item::number((now + REFERENCE_LIFETIME).as_second()))];
        let change = Change {
            update: "",
            condition: Some("attribute_not_exists(pk) OR #data = :task"),
            names: &[item::DATA],
            values: vec![(":task", item::to_attribute(&task)?)],
        };
        let item = item::with_data(keys::reference(supplier, &hash(reference.as_bytes())), &task, ttl)?;
        self.put_where(Subject::Reference, Table::Fulfilment, item, change)
    }
}
