//! Messages come twice: copies of those that were sent, at random.

use std::sync::Mutex;

use domain::{EventId, OrderId};
use jiff::Timestamp;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use store::{Database, StoreError};

use super::cast::Member;
use super::machine::{Machine, MachineError};

/// Whose messages are sent again: the latest so many orders, on which something may still happen.
const LATEST: usize = 200;

/// The orders that were placed.
#[derive(Debug, Default)]
pub struct Orders(Mutex<Vec<OrderId>>);

impl Orders {
    /// One more was placed.
    pub fn add(&self, order: OrderId) {
        self.lock().push(order);
    }

    /// All that were placed so far.
    #[must_use]
    pub fn all(&self) -> Vec<OrderId> {
        self.lock().clone()
    }

    /// Any of the latest ones.
    fn any(&self) -> Option<OrderId> {
        let orders = self.lock();
        orders[orders.len().saturating_sub(LATEST)..].choose(&mut rand::rng()).copied()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<OrderId>> {
        // Whoever panicked with the lock has left nothing that could mislead here.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Why a message could not be sent again.
#[derive(Debug, thiserror::Error)]
pub enum DoubleError {
    /// The queue.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends a copy of some message, and says whether there was one.
pub async fn send_one(
    machine: &Machine,
    database: &Database,
    orders: &Orders,
    cast: &[Member],
) -> Result<bool, DoubleError> {
    let Some(order) = orders.any() else { return Ok(false) };
    match rand::random_range(0..6) {
        0 => machine.send("PlanningQueueUrl", &event("OrderPaid", order)).await?,
        1 => machine.send("ExpiryQueueUrl", &event("OrderPlaced", order)).await?,
        2 => {
            let Some(member) = cast.choose(&mut rand::rng()) else { return Ok(false) };
            machine.send("SyncQueueUrl", &json!({ "supplierId": member.supplier.id })).await?;
        }
        _ => {
            let tasks = database.tasks_of_order(order).await?;
            let Some(task) = tasks.choose(&mut rand::rng()) else { return Ok(false) };
            let message = json!({ "taskId": task.id(), "orderId": order, "requestId": "twice" });
            machine.send("DispatchQueueUrl", &message).await?;
        }
    }
    Ok(true)
}

/// An event of an order as the bus delivers it.
fn event(name: &str, order: OrderId) -> Value {
    let id = EventId::generate();
    let detail =
        json!({ "id": id, "type": name, "orderId": order, "at": Timestamp::now(), "requestId": "twice" });
    json!({ "detail-type": name, "source": "ironmonger.orders", "detail": detail })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_latest_orders_are_chosen() {
        let orders = Orders::default();
        assert_eq!(orders.any(), None);
        let all: Vec<_> = (0..=LATEST).map(|_| OrderId::generate()).collect();
        for order in &all {
            orders.add(*order);
        }
        let chosen: BTreeSet<_> = (0..10_000).filter_map(|_| orders.any()).collect();
        assert!(!chosen.contains(&all[0]) && chosen.contains(&all[LATEST]));
        assert_eq!(orders.all(), all);
    }
}
