//! Examples of what webhooks are told: an order and a task as they are stored, so that what is made of them is what the code
//! makes of any.

use domain::{Order, Task};
use serde::Deserialize;
use store::Versioned;
use store::merchant_webhooks::Happening;
use store::orders::{OrderEvent, OrderPage, Shipment};

/// What the example's task is done by.
pub const SUPPLIER: &str = "Calder & Sons";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredOrder {
    happening: Happening,
    order: Order,
    events: Vec<OrderEvent>,
    shipments: Vec<Shipment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredTask {
    happening: Happening,
    task: Task,
}

/// An order that was fulfilled.
pub fn order() -> Result<(Happening, OrderPage), serde_json::Error> {
    let stored: StoredOrder = serde_json::from_str(include_str!("order.json"))?;
    let StoredOrder { happening, order, events, shipments } = stored;
    let order = Versioned { value: order, version: 1 };
    Ok((happening, OrderPage { order, access: None, events, shipments }))
}

/// A task that was completed.
pub fn task() -> Result<(Happening, Task), serde_json::Error> {
    let StoredTask { happening, task } = serde_json::from_str(include_str!("task.json"))?;
    Ok((happening, task))
}
