//! What a task is made of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{OrderId, SupplierId};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::routing::Why;
use crate::sku::Sku;

/// One SKU of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskItem {
    /// Our SKU.
    pub sku: Sku,
    /// The supplier's own code for it.
    pub code: String,
    /// How many pieces the supplier is to send.
    pub quantity: Quantity,
    /// What the supplier charges us for one piece.
    pub unit_cost: Money,
    /// How many pieces the supplier sent; known once the task is completed.
    pub delivered: u32,
}

impl TaskItem {
    /// The pieces that were ordered but not sent.
    #[must_use]
    pub fn missing(&self) -> Option<Quantity> {
        Quantity::parse(i64::from(self.quantity.get()) - i64::from(self.delivered)).ok()
    }
}

/// What a new task is made of.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// The order it is a part of.
    pub order_id: OrderId,
    /// Who is to do it.
    pub supplier_id: SupplierId,
    /// What is to be sent.
    pub items: Vec<TaskItem>,
    /// The suppliers that are out of question for these items because they had them before.
    pub tried: Vec<SupplierId>,
    /// How often others were to send these items before.
    pub replacements: u32,
    /// Why this supplier, for each SKU.
    pub why: Vec<Why>,
    /// How many seconds the supplier needs from order to shipment.
    pub lead_time_seconds: u32,
    /// Before when the supplier must not be called.
    pub not_before: Option<Timestamp>,
    /// When to look after it if nothing happens.
    pub attention_at: Timestamp,
}
