//! In which order suppliers are asked.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Candidate;
use crate::ids::{OrderId, SupplierId};

/// In which order suppliers are asked. What is equal goes on by priority, then cost, then the supplier's id, so that the
/// same suppliers always give the same plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Strategy {
    /// The lowest cost of a piece first.
    Cheapest,
    /// The shortest lead time first.
    Fastest,
    /// The lowest number of priority first.
    #[default]
    Priority,
    /// By lot, drawn for each order: a supplier with twice the weight is first twice as often.
    Weighted,
}

impl Strategy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cheapest, Self::Fastest, Self::Priority, Self::Weighted];

    /// The strategy's name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cheapest => "cheapest",
            Self::Fastest => "fastest",
            Self::Priority => "priority",
            Self::Weighted => "weighted",
        }
    }

    /// Which of two candidates comes first, by the lot of `seed`.
    pub(super) fn compare(self, a: &Candidate, b: &Candidate, seed: u64) -> Ordering {
        let rank = match self {
            Self::Cheapest => a.offer.cost.amount().cmp(&b.offer.cost.amount()),
            Self::Fastest => a.offer.lead_time_seconds.cmp(&b.offer.lead_time_seconds),
            Self::Priority => Ordering::Equal,
            Self::Weighted => lot(a, seed).total_cmp(&lot(b, seed)),
        };
        let tie = |c: &Candidate| (c.supplier.priority, c.offer.cost.amount(), c.supplier.id);
        rank.then_with(|| tie(a).cmp(&tie(b)))
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The seed of an order's lots: all its SKUs, and what is planned anew, get the same.
#[must_use]
pub fn seed_of(order: OrderId) -> u64 {
    let (high, low): (u64, u64) = order.ulid().into();
    mixed(low ^ high)
}

/// A candidate's lot; the lowest is first. Lots are exponentially distributed with the weight as rate, of which each is the
/// lowest as often as its share of the weights, whoever else takes part.
fn lot(candidate: &Candidate, seed: u64) -> f64 {
    let uniform = (f64::from(draw(candidate.supplier.id, seed)) + 0.5) / (f64::from(u32::MAX) + 1.0);
    -uniform.ln() / f64::from(candidate.supplier.weight.get())
}

fn draw(supplier: SupplierId, seed: u64) -> u32 {
    let (high, low): (u64, u64) = supplier.ulid().into();
    let mixed = mixed(mixed(seed ^ low) ^ high);
    u32::try_from(mixed >> 32).unwrap_or(u32::MAX)
}

/// Spreads a number over all 64 bits (the finaliser of `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
