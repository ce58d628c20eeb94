//! Suppliers and what they offer.

use serde::{Deserialize, Serialize};

use crate::ids::SupplierId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::sku::Sku;

/// Somebody who sends goods to our customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    /// The supplier's id.
    pub id: SupplierId,
    /// The name that operators and customers see.
    pub name: String,
    /// Whether new tasks may go there.
    pub enabled: bool,
    /// Who is asked first: the lower, the sooner.
    pub priority: u32,
}

/// What one supplier asks for one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Whose offer it is.
    pub supplier_id: SupplierId,
    /// Our SKU.
    pub sku: Sku,
    /// The supplier's own code for it.
    pub code: String,
    /// What the supplier charges us for one piece.
    pub cost: Money,
    /// The fewest pieces in one task.
    pub minimum: Quantity,
    /// The most pieces in one task.
    pub maximum: Quantity,
    /// How many seconds the supplier needs from order to shipment.
    pub lead_time_seconds: u32,
}
