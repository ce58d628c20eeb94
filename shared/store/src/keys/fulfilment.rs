//! Suppliers, their offers and tasks.

use domain::{EventId, Sku, SupplierId, TaskId, TaskStatus};
use jiff::Timestamp;

use super::{Key, sortable_time};

/// Partition of a supplier and its offers.
#[must_use]
pub fn supplier_partition(id: SupplierId) -> String {
    format!("SUPPLIER#{id}")
}

/// Sort key of a supplier.
pub const SUPPLIER: &str = "SUPPLIER";

/// Key of a supplier.
#[must_use]
pub fn supplier(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), SUPPLIER)
}

/// Partition of all suppliers in the first index.
pub const SUPPLIERS: &str = "SUPPLIERS";

/// Sort key of what is kept of a supplier that was deleted.
pub const FORMER_SUPPLIER: &str = "FORMER";

/// Key of what is kept of a supplier that was deleted.
#[must_use]
pub fn former_supplier(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), FORMER_SUPPLIER)
}

/// Partition of all suppliers that were deleted, in the first index.
pub const FORMER_SUPPLIERS: &str = "FORMERSUPPLIERS";

/// What the sort keys of offers begin with.
pub const OFFER_PREFIX: &str = "OFFER#";

/// Key of an offer.
#[must_use]
pub fn offer(supplier: SupplierId, sku: &Sku) -> Key {
    Key::new(supplier_partition(supplier), format!("{OFFER_PREFIX}{sku}"))
}

/// Partition of all offers for a SKU in the first index.
#[must_use]
pub fn offers_of(sku: &Sku) -> String {
    format!("SKU#{sku}")
}

/// Key of the strategies by which suppliers are chosen.
#[must_use]
pub fn routing() -> Key {
    Key::new("ROUTING".into(), "DEFAULT")
}

/// Key of a task.
#[must_use]
pub fn task(id: TaskId) -> Key {
    Key::new(format!("TASK#{id}"), "TASK")
}

/// Key of the pointer from a supplier's name for a task; `hash` is that of the name, which may be longer than a key.
#[must_use]
pub fn reference(supplier: SupplierId, hash: &str) -> Key {
    Key::new(format!("REFERENCE#{supplier}#{hash}"), "TASK")
}

/// Key of a supplier's circuit breaker.
#[must_use]
pub fn circuit(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), "CIRCUIT")
}

/// Key of the time of the next call to a supplier.
#[must_use]
pub fn rate(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), "RATE")
}

/// What the sort keys of calls that are under way begin with.
pub const SLOT_PREFIX: &str = "SLOT#";

/// Key of one of a supplier's slots for calls.
#[must_use]
pub fn slot(id: SupplierId, number: u32) -> Key {
    Key::new(supplier_partition(id), format!("{SLOT_PREFIX}{number}"))
}

/// Key of what is used of a supplier's budget of a day (`2026-11-22`) or a month (`2026-11`).
#[must_use]
pub fn budget(id: SupplierId, period: &str) -> Key {
    Key::new(supplier_partition(id), format!("BUDGET#{period}"))
}

/// What the sort keys of counters of health begin with.
pub const HEALTH_PREFIX: &str = "HEALTH#";

/// Key of the counters of a supplier's health in an hour, such as `2026-11-22T07`.
#[must_use]
pub fn health(id: SupplierId, hour: &str) -> Key {
    Key::new(supplier_partition(id), format!("{HEALTH_PREFIX}{hour}"))
}

/// What the sort keys of a supplier's log begin with.
pub const HEALTH_LOG_PREFIX: &str = "HEALTHLOG#";

/// Key of an entry of a supplier's log.
#[must_use]
pub fn health_log(id: SupplierId, entry: EventId) -> Key {
    Key::new(supplier_partition(id), format!("{HEALTH_LOG_PREFIX}{entry}"))
}

/// Key of what is remembered of a message that a supplier sent of its own accord.
#[must_use]
pub fn webhook(supplier: SupplierId, message: &str) -> Key {
    Key::new(format!("WEBHOOK#{supplier}#{message}"), "KEY")
}

/// Partition of the tasks in the second index that ended like this.
#[must_use]
pub fn ended_tasks(status: TaskStatus) -> String {
    format!("ENDED#{}", status.name())
}

/// Partition of a supplier's open tasks in the second index.
#[must_use]
pub fn active_tasks(supplier: SupplierId) -> String {
    format!("ACTIVE#{supplier}")
}

/// Sort key of a task in the second index: when to look at it next or, of one that ended, when it did, to the second; then
/// which.
#[must_use]
pub fn task_at(at: Timestamp, task: TaskId) -> String {
    format!("{}#{task}", sortable_time(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_tasks_sort_by_time() {
        let id = TaskId::generate();
        let at = |seconds| task_at(Timestamp::from_second(seconds).unwrap(), id);
        assert!(at(999) < at(1_000) && at(1_000) < at(10_000_000_000));
        assert!(at(1_000) > sortable_time(Timestamp::from_second(1_000).unwrap()));
    }
}
