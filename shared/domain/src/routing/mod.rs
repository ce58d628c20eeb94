//! Who sends what.
//!
//! For each SKU the offers are ranked by the strategy of the SKU's product ([`Strategy`]). The first that takes the whole
//! quantity gets it. If none does, the quantity is split: each supplier in that order takes as much as it can, so long as
//! what remains can still be taken by those that follow. A supplier takes no less than its minimum, no more than its
//! maximum, and no more than its budget pays for.
//!
//! Example: 25 pieces; Northgate (first) takes 1 to 20, Calder (second) takes 10 to 100. Northgate cannot take all and
//! Calder can, so Calder gets 25. Of 110 pieces Northgate gets 20 and Calder 90; of 25 pieces where Calder's maximum is 15,
//! Northgate gets 15 and Calder 10, because a rest of 5 would be less than Calder's minimum.
//!
//! Suppliers whose circuit is open, and offers whose window opens later, come last: they get only what nobody else can
//! send, and their task waits.

mod considering;
mod plan;
mod split;
mod strategy;
mod why;

use std::collections::{BTreeMap, BTreeSet};

pub use plan::plan;
pub use strategy::{Strategy, seed_of};
pub use why::{Considered, Refusal, Verdict, Why};

use crate::circuit::CircuitView;
use crate::ids::SupplierId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::sku::Sku;
use crate::supplier::{Offer, Supplier};

/// The most suppliers among which one SKU is split: those first in order.
pub const MAX_SPLIT: usize = 8;

/// The most suppliers that are remembered for one SKU: all that may be chosen. A task of 96 SKUs must fit into one item of the
/// table.
pub const MAX_CONSIDERED: usize = MAX_SPLIT;

/// A supplier that offers a SKU, and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The supplier.
    pub supplier: Supplier,
    /// Its offer.
    pub offer: Offer,
    /// Whether its last calls went well.
    pub circuit: CircuitView,
    /// What may still be spent there now; none without a limit. The same for all candidates of one supplier.
    pub budget_left: Option<Money>,
}

/// By which rules an order is planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// The strategy of SKUs that have none of their own.
    pub default: Strategy,
    /// The strategies of SKUs whose product has one of its own.
    pub by_sku: BTreeMap<Sku, Strategy>,
    /// Who gets nothing.
    pub excluded: BTreeSet<SupplierId>,
    /// How many seconds ago the order was paid.
    pub age_seconds: u32,
    /// What lots are drawn with ([`seed_of`] the order).
    pub seed: u64,
}

impl Rules {
    /// The strategy for a SKU.
    #[must_use]
    pub fn strategy_of(&self, sku: &Sku) -> Strategy {
        self.by_sku.get(sku).copied().unwrap_or(self.default)
    }
}

/// What one supplier is to send in one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who sends it.
    pub supplier_id: SupplierId,
    /// What, and by which offer.
    pub items: Vec<(Offer, Quantity)>,
    /// Why, for each SKU.
    pub why: Vec<Why>,
    /// In how many seconds the supplier may be called: when the offers' window opens.
    pub starts_in_seconds: u32,
}

/// What nobody can send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unroutable {
    /// The SKU.
    pub sku: Sku,
    /// How many pieces.
    pub quantity: Quantity,
    /// Why each supplier that offers the SKU cannot; nobody offers it where this is empty.
    pub refusals: Vec<(SupplierId, Refusal)>,
}

/// Who sends what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The tasks: one for each supplier, and for each beginning where its windows open at different times.
    pub assignments: Vec<Assignment>,
    /// What nobody can send.
    pub unroutable: Vec<Unroutable>,
}
