//! Routing: nothing is lost or added, limits are kept, the better offer wins.
#![allow(clippy::unwrap_used, reason = "these are tests and their helpers")]

use std::collections::BTreeMap;

use domain::routing::{Plan, plan};
use domain::{Currency, Money, Offer, Quantity, Sku, Supplier, SupplierId};
use proptest::prelude::*;

fn quantity(n: i64) -> Quantity {
    Quantity::parse(n).unwrap()
}

fn candidate(priority: u32, sku: &str, cost: i64, minimum: i64, maximum: i64) -> (Supplier, Offer) {
    let id = SupplierId::generate();
    let supplier = Supplier { id, name: format!("Supplier {priority}"), enabled: true, priority };
    let offer = Offer {
        supplier_id: id,
        sku: Sku::parse(sku).unwrap(),
        code: format!("X-{sku}"),
        cost: Money::new(cost, Currency::Gbp),
        minimum: quantity(minimum),
        maximum: quantity(maximum.max(minimum)),
        lead_time_seconds: 60,
    };
    (supplier, offer)
}

fn shares(plan: &Plan) -> BTreeMap<SupplierId, u32> {
    plan.assignments.iter().map(|a| (a.supplier_id, a.items.iter().map(|(_, n)| n.get()).sum())).collect()
}

#[test]
fn priority_comes_before_cost_and_cost_before_chance() {
    let (dear, cheap, second) =
        (candidate(1, "A", 90, 1, 50), candidate(1, "A", 80, 1, 50), candidate(2, "A", 1, 1, 50));
    let lines = [(Sku::parse("A").unwrap(), quantity(5))];
    let all = [dear.clone(), second.clone(), cheap.clone()];
    assert_eq!(shares(&plan(&lines, &all, &[])), BTreeMap::from([(cheap.0.id, 5)]));
    assert_eq!(shares(&plan(&lines, &all, &[cheap.0.id])), BTreeMap::from([(dear.0.id, 5)]));
    assert_eq!(shares(&plan(&lines, &all, &[cheap.0.id, dear.0.id])), BTreeMap::from([(second.0.id, 5)]));
    let nobody = plan(&lines, &all, &[cheap.0.id, dear.0.id, second.0.id]);
    assert_eq!(nobody.unroutable, lines);
}

#[test]
fn a_disabled_supplier_gets_nothing() {
    let (mut supplier, offer) = candidate(1, "A", 1, 1, 50);
    supplier.enabled = false;
    let lines = [(Sku::parse("A").unwrap(), quantity(5))];
    assert_eq!(plan(&lines, &[(supplier, offer)], &[]).unroutable, lines);
}

#[test]
fn a_quantity_is_split_only_where_it_must_be() {
    let split = |pieces, calder_maximum| {
        let (northgate, calder) = (candidate(1, "A", 1, 1, 20), candidate(2, "A", 1, 10, calder_maximum));
        let plan =
            plan(&[(Sku::parse("A").unwrap(), quantity(pieces))], &[northgate.clone(), calder.clone()], &[]);
        let shares = shares(&plan);
        (shares.get(&northgate.0.id).copied(), shares.get(&calder.0.id).copied())
    };
    assert_eq!(split(25, 100), (None, Some(25)));
    assert_eq!(split(110, 100), (Some(20), Some(90)));
    assert_eq!(split(25, 15), (Some(15), Some(10)));
    assert_eq!(split(121, 100), (None, None));
}

proptest! {
    #[test]
    fn the_quantities_of_the_tasks_add_up_to_the_order(
        lines in prop::collection::btree_map("[A-E]", 1_i64..5_000, 1..5),
        offers in prop::collection::vec((0_u32..3, "[A-E]", 1_i64..500, 1_i64..100, 1_i64..4_000), 0..20),
        refuse in 0_usize..3,
    ) {
        let candidates: Vec<_> = offers.iter().map(|(p, sku, cost, min, max)| candidate(*p, sku, *cost, *min, *max)).collect();
        let excluded: Vec<_> = candidates.iter().take(refuse).map(|(supplier, _)| supplier.id).collect();
        let lines: Vec<_> = lines.iter().map(|(sku, n)| (Sku::parse(sku).unwrap(), quantity(*n))).collect();
        let plan = plan(&lines, &candidates, &excluded);
        let mut sums: BTreeMap<&Sku, u32> = BTreeMap::new();
        for assignment in &plan.assignments {
            prop_assert!(!excluded.contains(&assignment.supplier_id));
            for (offer, pieces) in &assignment.items {
                prop_assert_eq!(offer.supplier_id, assignment.supplier_id);
                prop_assert!(offer.minimum <= *pieces && *pieces <= offer.maximum);
                *sums.entry(&offer.sku).or_default() += pieces.get();
            }
        }
        for (sku, pieces) in &plan.unroutable {
            *sums.entry(sku).or_default() += pieces.get();
        }
        let ordered: BTreeMap<_, _> = lines.iter().map(|(sku, n)| (sku, n.get())).collect();
        prop_assert_eq!(sums, ordered);
    }
}
