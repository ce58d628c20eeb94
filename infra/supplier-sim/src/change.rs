//! What suppliers write down.

use serde::{Deserialize, Serialize};

use crate::{
    board::{Draft, Folder},
    knobs::Knobs,
    order::Order,
};

/// What must be written down to remember a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// The knobs are now these.
    Knobs(Box<Knobs>),
    /// This order is new or has changed.
    Order(Box<Order>),
    /// This folder is new.
    Folder(Folder),
    /// This draft is new.
    Draft(Box<Draft>),
    /// Everything before is forgotten.
    Reset,
}
