//! In which order suppliers are asked.

use std::collections::BTreeMap;

use domain::routing::{Rules, Strategy, plan, seed_of};
use domain::{OrderId, Weight};

use crate::helpers::{With, by, quantity, share_a, sku, supplier};

#[test]
fn each_strategy_has_its_first() {
    let first = &supplier().priority(1).cost(90).lead_time(300);
    let cheap = &supplier().priority(2).cost(80).lead_time(200);
    let fast = &supplier().priority(3).cost(85).lead_time(100);
    let all = [fast, cheap, first];
    assert_eq!(share_a(5, &all, &by(Strategy::Priority)), [0, 0, 5]);
    assert_eq!(share_a(5, &all, &by(Strategy::Cheapest)), [0, 5, 0]);
    assert_eq!(share_a(5, &all, &by(Strategy::Fastest)), [5, 0, 0]);
}

#[test]
fn what_is_equal_goes_by_priority_then_cost() {
    let (dear, cheap) = (&supplier().cost(90), &supplier().cost(80));
    let second = &supplier().priority(2).cost(80);
    assert_eq!(share_a(5, &[dear, second, cheap], &by(Strategy::Priority)), [0, 0, 5]);
    assert_eq!(share_a(5, &[second, cheap, dear], &by(Strategy::Cheapest)), [0, 5, 0]);
    assert_eq!(share_a(5, &[second, dear], &by(Strategy::Fastest)), [0, 5]);
}

#[test]
fn a_product_may_have_a_strategy_of_its_own() {
    let (first, fast) = (supplier().priority(1).lead_time(9), supplier().priority(2).lead_time(5));
    let candidates = [first.clone(), fast.clone(), first.clone().offering("B"), fast.clone().offering("B")];
    let rules = Rules { by_sku: BTreeMap::from([(sku("B"), Strategy::Fastest)]), ..Rules::default() };
    let plan = plan(&[(sku("A"), quantity(1)), (sku("B"), quantity(1))], &candidates, &rules);
    let chosen: BTreeMap<_, _> =
        plan.assignments.iter().map(|task| (task.why[0].sku.clone(), task.supplier_id)).collect();
    assert_eq!(chosen, BTreeMap::from([(sku("A"), first.supplier.id), (sku("B"), fast.supplier.id)]));
    assert!(plan.assignments.iter().any(|task| task.why[0].strategy == Strategy::Fastest));
}

#[test]
fn lots_fall_by_weight() {
    let mut candidates = [supplier(), supplier(), supplier()];
    for (candidate, weight) in candidates.iter_mut().zip([1, 2, 7]) {
        candidate.supplier.weight = Weight::parse(weight).unwrap();
    }
    let all: Vec<_> = candidates.iter().collect();
    let mut wins = [0_u32; 3];
    for seed in 0..10_000 {
        let rules = Rules { default: Strategy::Weighted, seed, ..Rules::default() };
        for (win, share) in wins.iter_mut().zip(share_a(1, &all, &rules)) {
            *win += share;
        }
    }
    for (win, expected) in wins.into_iter().zip([1_000, 2_000, 7_000]) {
        assert!(win.abs_diff(expected) < 200, "{wins:?}");
    }
}

#[test]
fn an_order_draws_one_lot_for_all_its_skus_and_keeps_it() {
    let suppliers = [supplier(), supplier(), supplier()];
    let candidates: Vec<_> =
        suppliers.iter().flat_map(|one| ["A", "B", "C"].map(|sku| one.clone().offering(sku))).collect();
    let lines = ["A", "B", "C"].map(|text| (sku(text), quantity(1)));
    for _ in 0..100 {
        let seed = seed_of(OrderId::generate());
        let rules = Rules { default: Strategy::Weighted, seed, ..Rules::default() };
        let first = plan(&lines, &candidates, &rules);
        assert_eq!(first.assignments.len(), 1, "one supplier, one parcel");
        assert_eq!(first, plan(&lines, &candidates, &rules));
        // Whoever is left out does not change the order of the others.
        let loser = suppliers.iter().find(|one| one.supplier.id != first.assignments[0].supplier_id).unwrap();
        let without = Rules { excluded: [loser.supplier.id].into(), ..rules };
        assert_eq!(first.assignments[0].items, plan(&lines, &candidates, &without).assignments[0].items);
    }
}

#[test]
fn strategies_have_the_same_name_in_answers_and_in_the_table() {
    for strategy in Strategy::ALL {
        assert_eq!(serde_json::to_value(strategy).unwrap(), strategy.name());
    }
}
