//! Planning all the SKUs of an order.

use std::collections::BTreeMap;

use super::considering::{Choice, Standing, choose};
use super::why::{Verdict, Why};
use super::{Assignment, Candidate, MAX_CONSIDERED, Plan, Rules, Unroutable};
use crate::ids::SupplierId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::sku::Sku;

/// Plans who sends `lines` (each SKU once). `candidates` are all suppliers that offer any of the SKUs, once for each SKU,
/// also those that are paused or excluded: the plan says why they get nothing.
///
/// Where budgets are short, the SKUs that come first get the money.
#[must_use]
pub fn plan(lines: &[(Sku, Quantity)], candidates: &[Candidate], rules: &Rules) -> Plan {
    let mut left: BTreeMap<SupplierId, Option<Money>> =
        candidates.iter().map(|candidate| (candidate.supplier.id, candidate.budget_left)).collect();
    let mut tasks: BTreeMap<(SupplierId, u32), Assignment> = BTreeMap::new();
    let mut unroutable = Vec::new();
    for (sku, quantity) in lines {
        let strategy = rules.strategy_of(sku);
        let mut offering: Vec<_> =
            candidates.iter().filter(|candidate| candidate.offer.sku == *sku).collect();
        offering.sort_by(|a, b| strategy.compare(a, b, rules.seed));
        let money = |candidate: &Candidate| left.get(&candidate.supplier.id).copied().flatten();
        let standings: Vec<_> =
            offering.into_iter().map(|candidate| Standing::new(candidate, money(candidate), rules)).collect();
        let Some(choice) = choose(quantity.get(), &standings) else {
            unroutable.push(refused(sku, *quantity, &standings));
            continue;
        };
        let why = Why { sku: sku.clone(), strategy, considered: considered(*quantity, &standings, &choice) };
        for (standing, part) in standings.iter().zip(&choice.parts) {
            let Ok(pieces) = Quantity::parse(i64::from(*part)) else { continue };
            let offer = &standing.candidate.offer;
            if let Some(Some(left)) = left.get_mut(&offer.supplier_id) {
                *left = spent(*left, offer.cost, pieces);
            }
            let key = (offer.supplier_id, standing.starts_in_seconds);
            let task = tasks.entry(key).or_insert_with(|| Assignment {
                supplier_id: offer.supplier_id,
                items: Vec::new(),
                why: Vec::new(),
                starts_in_seconds: standing.starts_in_seconds,
            });
            task.items.push((offer.clone(), pieces));
            task.why.push(why.clone());
        }
    }
    Plan { assignments: tasks.into_values().collect(), unroutable }
}

/// What is left of `left` when the pieces are paid. A part is never larger than what can be paid for.
fn spent(left: Money, cost: Money, pieces: Quantity) -> Money {
    let price = cost.amount().saturating_mul(i64::from(pieces.get()));
    Money::new(left.amount().saturating_sub(price).max(0), left.currency())
}

fn considered(quantity: Quantity, standings: &[Standing<'_>], choice: &Choice) -> Vec<super::Considered> {
    let considered = standings
        .iter()
        .zip(&choice.parts)
        .map(|(standing, part)| standing.considered(quantity.get(), *part, choice));
    let mut considered: Vec<_> = considered.collect();
    considered.sort_by_key(|considered| considered.verdict != Verdict::Chosen);
    considered.truncate(MAX_CONSIDERED);
    considered
}

fn refused(sku: &Sku, quantity: Quantity, standings: &[Standing<'_>]) -> Unroutable {
    let refusal = |standing: &Standing<'_>| {
        standing.refusal(quantity.get()).map(|refusal| (standing.candidate.supplier.id, refusal))
    };
    let refusals = standings.iter().filter_map(refusal).collect();
    Unroutable { sku: sku.clone(), quantity, refusals }
}
