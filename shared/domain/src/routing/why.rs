//! Why a SKU goes where it goes.

use serde::{Deserialize, Serialize};

use super::strategy::Strategy;
use crate::ids::SupplierId;
use crate::money::Money;
use crate::sku::Sku;

/// Why a supplier could not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// It had these pieces before, or was ruled out by hand.
    Excluded,
    /// It gets no work.
    Paused,
    /// It gets no new work.
    Draining,
    /// Its last calls failed, and others can send the pieces.
    CircuitOpen,
    /// Its budget of the day or month does not pay for the pieces.
    BudgetSpent,
    /// It sends no fewer than more pieces.
    BelowMinimum,
    /// It sends no more than fewer pieces.
    AboveMaximum,
    /// Its offer no longer holds, or not yet and others can send the pieces now.
    WindowClosed,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Excluded,
        Self::Paused,
        Self::Draining,
        Self::CircuitOpen,
        Self::BudgetSpent,
        Self::BelowMinimum,
        Self::AboveMaximum,
        Self::WindowClosed,
    ];

    /// The refusal's name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::Paused => "paused",
            Self::Draining => "draining",
            Self::CircuitOpen => "circuitOpen",
            Self::BudgetSpent => "budgetSpent",
            Self::BelowMinimum => "belowMinimum",
            Self::AboveMaximum => "aboveMaximum",
            Self::WindowClosed => "windowClosed",
        }
    }
}

/// What became of a supplier that was thought of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It sends the pieces, or a part of them.
    Chosen,
    /// It could have, but others came first.
    Outranked,
    /// It could not.
    Refused(Refusal),
}

/// A supplier that was thought of for a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Considered {
    /// Which one.
    pub supplier_id: SupplierId,
    /// What it asks for one piece.
    pub cost: Money,
    /// How many seconds it needs from order to shipment.
    pub lead_time_seconds: u32,
    /// What became of the thought.
    pub verdict: Verdict,
}

/// Why a SKU goes where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// The SKU.
    pub sku: Sku,
    /// The rule that ranked the suppliers.
    pub strategy: Strategy,
    /// Who was thought of: first those that were chosen, then the others, each in the rule's order; at most
    /// [`MAX_CONSIDERED`](super::MAX_CONSIDERED).
    pub considered: Vec<Considered>,
}
