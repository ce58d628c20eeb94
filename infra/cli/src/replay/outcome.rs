//! What became of an invoice.

use std::collections::BTreeMap;

use domain::{Quantity, Sku};
use serde::Serialize;

/// An order that was placed for an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlacedOrder {
    /// The order's id.
    pub id: String,
    /// The number a customer is told.
    pub number: String,
    /// What its goods cost according to the API, in minor units.
    pub subtotal: i64,
    /// Whether it was paid.
    pub paid: bool,
}

/// What became of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum Outcome {
    /// All of it is on its way.
    Fulfilled,
    /// The shop would not take it, or it cannot be ordered at all.
    Refused {
        /// Why.
        reason: String,
    },
    /// It takes another invoice back and is not replayed.
    Cancellation,
    /// It was neither fulfilled nor refused: time ran out, or something broke.
    Unfinished {
        /// How far it came.
        reason: String,
    },
}

/// An invoice with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The invoice's number.
    pub invoice: String,
    /// The row of the file in which it comes first.
    pub row: u64,
    /// How many rows it has.
    pub rows: u64,
    /// The summed quantity of each SKU.
    pub lines: BTreeMap<Sku, Quantity>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Its order, if one was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<PlacedOrder>,
}
