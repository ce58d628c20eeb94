//! What holds for every plan.

use std::collections::BTreeMap;

use domain::circuit::CircuitView;
use domain::routing::{Candidate, Rules, Strategy as Routing, Verdict, plan};
use domain::{Quantity, Sku, SupplierId, SupplierStatus, Weight, Window};
use proptest::prelude::*;

use crate::helpers::{With, pence, quantity, sku, supplier};

/// A supplier with its terms for some SKUs.
fn supplier_of_some() -> impl Strategy<Value = Vec<Candidate>> {
    let terms = prop::collection::btree_map(
        "[A-E]",
        (1_i64..500, 1_i64..100, 1_i64..4_000, 1_u32..100, 0_i64..50, prop::option::of(51_i64..200)),
        0..5,
    );
    let status = prop_oneof![
        8 => Just(SupplierStatus::Active),
        1 => Just(SupplierStatus::Draining),
        1 => Just(SupplierStatus::Paused),
    ];
    let circuit = prop_oneof![
        6 => Just(CircuitView::Closed),
        1 => Just(CircuitView::HalfOpen),
        2 => Just(CircuitView::Open),
    ];
    (terms, status, circuit, 0_u32..3, 1_i64..=100, prop::option::of(0_i64..200_000)).prop_map(
        |(terms, status, circuit, priority, weight, budget)| {
            let mut base = supplier().priority(priority).circuit(circuit);
            base.supplier.status = status;
            base.supplier.weight = Weight::parse(weight).unwrap();
            base.budget_left = budget.map(pence);
            let offer = |(text, (cost, minimum, maximum, lead, from, until)): (String, _)| {
                let mut one = base.clone().offering(&text).cost(cost).takes(minimum, maximum).lead_time(lead);
                one.offer.window = Window::parse(from, until).unwrap();
                one
            };
            terms.into_iter().map(offer).collect()
        },
    )
}

fn rules() -> impl Strategy<Value = Rules> {
    let strategy = || prop::sample::select(Routing::ALL.to_vec());
    let by_sku = prop::collection::btree_map("[A-E]", strategy(), 0..3);
    (strategy(), by_sku, 0_u32..250, any::<u64>()).prop_map(|(default, by_sku, age_seconds, seed)| Rules {
        default,
        by_sku: by_sku.into_iter().map(|(text, strategy)| (sku(&text), strategy)).collect(),
        excluded: std::iter::empty().collect(),
        age_seconds,
        seed,
    })
}

fn lines() -> impl Strategy<Value = Vec<(Sku, Quantity)>> {
    let lines = prop::collection::btree_map("[A-E]", 1_i64..5_000, 1..5);
    lines.prop_map(|lines| lines.into_iter().map(|(text, n)| (sku(&text), quantity(n))).collect())
}

proptest! {
    #[test]
    fn a_plan_loses_nothing_and_keeps_all_limits(
        lines in lines(),
        suppliers in prop::collection::vec(supplier_of_some(), 0..8),
        mut rules in rules(),
        excluded in 0_usize..2,
    ) {
        let candidates = suppliers.concat();
        rules.excluded = candidates.iter().take(excluded).map(|candidate| candidate.supplier.id).collect();
        let plan = plan(&lines, &candidates, &rules);
        let of = |id: SupplierId, sku: &Sku| {
            candidates.iter().find(|one| one.supplier.id == id && one.offer.sku == *sku).unwrap()
        };
        let mut sums: BTreeMap<&Sku, u32> = BTreeMap::new();
        let mut costs: BTreeMap<SupplierId, i64> = BTreeMap::new();
        for task in &plan.assignments {
            prop_assert!(!rules.excluded.contains(&task.supplier_id));
            prop_assert_eq!(task.items.len(), task.why.len());
            for ((offer, pieces), why) in task.items.iter().zip(&task.why) {
                let candidate = of(task.supplier_id, &offer.sku);
                prop_assert_eq!(offer, &candidate.offer);
                prop_assert_eq!(&why.sku, &offer.sku);
                let own = why.considered.iter().find(|seen| seen.supplier_id == task.supplier_id);
                prop_assert_eq!(own.map(|seen| seen.verdict), Some(Verdict::Chosen));
                prop_assert_eq!(candidate.supplier.status, SupplierStatus::Active);
                prop_assert!(offer.minimum <= *pieces && *pieces <= offer.maximum);
                prop_assert_eq!(offer.window.opens_in(rules.age_seconds), Some(task.starts_in_seconds));
                *sums.entry(&offer.sku).or_default() += pieces.get();
                *costs.entry(task.supplier_id).or_default() += offer.cost.amount() * i64::from(pieces.get());
            }
        }
        for (id, cost) in costs {
            let budget = candidates.iter().find(|one| one.supplier.id == id).unwrap().budget_left;
            prop_assert!(budget.is_none_or(|left| cost <= left.amount()));
        }
        for unroutable in &plan.unroutable {
            let offering = candidates.iter().filter(|one| one.offer.sku == unroutable.sku).count();
            prop_assert_eq!(unroutable.refusals.len(), offering, "everybody who offers it hears why");
            *sums.entry(&unroutable.sku).or_default() += unroutable.quantity.get();
        }
        let ordered: BTreeMap<_, _> = lines.iter().map(|(sku, n)| (sku, n.get())).collect();
        prop_assert_eq!(sums, ordered);
    }

    #[test]
    fn a_plan_does_not_depend_on_the_order_of_the_candidates(
        lines in lines(),
        suppliers in prop::collection::vec(supplier_of_some(), 0..6),
        rules in rules(),
    ) {
        let forwards = suppliers.concat();
        let backwards: Vec<_> = forwards.iter().rev().cloned().collect();
        prop_assert_eq!(plan(&lines, &forwards, &rules), plan(&lines, &backwards, &rules));
    }

    #[test]
    fn nobody_waits_for_what_others_can_send_now(
        pieces in 1_i64..5_000,
        suppliers in prop::collection::vec(supplier_of_some(), 0..8),
        rules in rules(),
    ) {
        let candidates = suppliers.concat();
        let ready: Vec<_> = candidates
            .iter()
            .filter(|one| one.circuit != CircuitView::Open)
            .filter(|one| one.offer.window.opens_in(rules.age_seconds) == Some(0))
            .cloned()
            .collect();
        let lines = [(sku("A"), quantity(pieces))];
        let (with, without) = (plan(&lines, &candidates, &rules), plan(&lines, &ready, &rules));
        if without.unroutable.is_empty() {
            let parts = |plan: &domain::routing::Plan| {
                plan.assignments.iter().map(|task| task.items.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(parts(&with), parts(&without));
        }
    }
}
