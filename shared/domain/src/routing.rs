//! Who sends what: the first rule of routing, *priority, then cost*.
//!
//! For each SKU the offers are tried in the order of their supplier's priority, then of cost, then of the supplier's id
//! (so that equal offers always give the same plan). The first that takes the whole quantity gets it. If none does, the
//! quantity is split: each supplier in that order takes as much as it can, so long as what remains can still be taken by
//! those that follow.
//!
//! Example: 25 pieces; Northgate (priority 1) takes 1 to 20, Calder (priority 2) takes 10 to 100. Northgate cannot take
//! all and Calder can, so Calder gets 25. Of 110 pieces Northgate gets 20 and Calder 90; of 25 pieces where Calder's
//! maximum is 15, Northgate gets 15 and Calder 10, because a rest of 5 would be less than Calder's minimum.

use std::collections::BTreeMap;

use crate::ids::SupplierId;
use crate::quantity::Quantity;
use crate::sku::Sku;
use crate::supplier::{Offer, Supplier};

/// What one supplier is to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who sends it.
    pub supplier_id: SupplierId,
    /// What, and by which offer.
    pub items: Vec<(Offer, Quantity)>,
}

/// Who sends what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// One entry for each supplier that has something to send.
    pub assignments: Vec<Assignment>,
    /// What nobody can send.
    pub unroutable: Vec<(Sku, Quantity)>,
}

/// The most offers for one SKU that are considered when a quantity is split: those first in order.
pub const MAX_SPLIT: usize = 8;

/// Plans who sends `lines` (each SKU once). `candidates` are the suppliers and offers in question; those that are not
/// enabled, and those in `excluded`, get nothing.
#[must_use]
pub fn plan(lines: &[(Sku, Quantity)], candidates: &[(Supplier, Offer)], excluded: &[SupplierId]) -> Plan {
    let mut by_supplier: BTreeMap<SupplierId, Vec<(Offer, Quantity)>> = BTreeMap::new();
    let mut unroutable = Vec::new();
    for (sku, quantity) in lines {
        let mut usable: Vec<_> = candidates
            .iter()
            .filter(|(supplier, offer)| {
                offer.sku == *sku && supplier.enabled && !excluded.contains(&supplier.id)
            })
            .collect();
        usable.sort_by_key(|(supplier, offer)| (supplier.priority, offer.cost.amount(), supplier.id));
        let offers: Vec<_> = usable.into_iter().map(|(_, offer)| offer).collect();
        match split(quantity.get(), &offers) {
            Some(parts) => {
                for (offer, pieces) in parts {
                    by_supplier.entry(offer.supplier_id).or_default().push((offer.clone(), pieces));
                }
            }
            None => unroutable.push((sku.clone(), *quantity)),
        }
    }
    let assignments =
        by_supplier.into_iter().map(|(supplier_id, items)| Assignment { supplier_id, items }).collect();
    Plan { assignments, unroutable }
}

fn split<'a>(pieces: u32, offers: &[&'a Offer]) -> Option<Vec<(&'a Offer, Quantity)>> {
    let takes_all = |offer: &&&Offer| (offer.minimum.get()..=offer.maximum.get()).contains(&pieces);
    if let Some(offer) = offers.iter().find(takes_all) {
        return Some(vec![(*offer, Quantity::parse(i64::from(pieces)).ok()?)]);
    }
    share(pieces, &offers[..offers.len().min(MAX_SPLIT)])
}

/// Shares `pieces` among `offers` in their order, as much as possible to the earlier ones.
fn share<'a>(pieces: u32, offers: &[&'a Offer]) -> Option<Vec<(&'a Offer, Quantity)>> {
    if pieces == 0 {
        return Some(Vec::new());
    }
    let (first, rest) = offers.split_first()?;
    let most = first.maximum.get().min(pieces);
    // Either the first takes all it can, or it leaves just enough for the minimum of a later one.
    let leaving = rest.iter().filter_map(|later| pieces.checked_sub(later.minimum.get()));
    let mut takes: Vec<u32> = [most].into_iter().chain(leaving).collect();
    takes.retain(|take| (first.minimum.get()..=most).contains(take));
    takes.sort_unstable_by(|a, b| b.cmp(a));
    takes.dedup();
    for take in takes {
        if let Some(others) = share(pieces - take, rest) {
            let own = (*first, Quantity::parse(i64::from(take)).ok()?);
            return Some([own].into_iter().chain(others).collect());
        }
    }
    share(pieces, rest)
}
