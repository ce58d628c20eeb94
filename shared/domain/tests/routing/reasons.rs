//! Minimums, maximums, budgets and statuses, and what the plan says of them.

use domain::routing::{MAX_CONSIDERED, MAX_SPLIT, Refusal, Rules, Verdict, plan};
use domain::{Currency, Money, SupplierStatus};

use crate::helpers::{With, plan_a, quantity, refusals, share_a, shares, sku, supplier, verdicts};

#[test]
fn a_quantity_is_split_only_where_it_must_be() {
    let split = |pieces, calder_maximum| {
        let northgate = &supplier().priority(1).takes(1, 20);
        let calder = &supplier().priority(2).takes(10, calder_maximum);
        share_a(pieces, &[northgate, calder], &Rules::default())
    };
    assert_eq!(split(25, 100), [0, 25]);
    assert_eq!(split(110, 100), [20, 90]);
    assert_eq!(split(25, 15), [15, 10]);
    assert_eq!(split(121, 100), [0, 0]);
}

#[test]
fn everybody_hears_why() {
    let chosen = &supplier().priority(2).takes(5, 50);
    let small = &supplier().priority(1).takes(1, 9);
    let large = &supplier().priority(1).takes(11, 90);
    let poor = &supplier().priority(1).budget(9);
    let poorest = &supplier().priority(1).takes(5, 50).budget(4);
    let later = &supplier().priority(3);
    let excluded = &supplier().priority(1);
    let all = [chosen, small, large, poor, poorest, later, excluded];
    let rules = Rules { excluded: [excluded.supplier.id].into(), ..Rules::default() };
    let plan = plan_a(10, &all, &rules);
    assert_eq!(shares(&plan, &all), [10, 0, 0, 0, 0, 0, 0]);
    let refused = [Refusal::AboveMaximum, Refusal::BelowMinimum, Refusal::BudgetSpent, Refusal::BudgetSpent]
        .map(Verdict::Refused);
    assert_eq!(
        verdicts(&plan, &all),
        [&[Verdict::Chosen], refused.as_slice(), &[Verdict::Outranked, Verdict::Refused(Refusal::Excluded)]]
            .concat()
    );
    assert_eq!(plan.assignments[0].why[0].considered[0].supplier_id, chosen.supplier.id);
}

#[test]
fn who_had_no_part_in_a_split_was_outranked_or_could_not() {
    let first = &supplier().priority(1).takes(1, 20);
    let second = &supplier().priority(2).takes(1, 20);
    let third = &supplier().priority(3).takes(1, 20);
    let large = &supplier().priority(1).takes(31, 50);
    let all = [first, second, third, large];
    let plan = plan_a(30, &all, &Rules::default());
    assert_eq!(shares(&plan, &all), [20, 10, 0, 0]);
    let expected =
        [Verdict::Chosen, Verdict::Chosen, Verdict::Outranked, Verdict::Refused(Refusal::BelowMinimum)];
    assert_eq!(verdicts(&plan, &all), expected);
    assert_eq!(plan.assignments[0].why, plan.assignments[1].why);
}

#[test]
fn what_nobody_can_send_says_why() {
    let mut paused = supplier();
    paused.supplier.status = SupplierStatus::Paused;
    let mut draining = supplier();
    draining.supplier.status = SupplierStatus::Draining;
    let (small, large, poor) =
        (&supplier().takes(1, 9), &supplier().takes(20, 30), &supplier().takes(10, 50).budget(9));
    let past = &supplier().window(0, Some(3_600));
    let all = [&paused, &draining, small, large, poor, past];
    let rules = Rules { age_seconds: 3_600, ..Rules::default() };
    let plan = plan_a(10, &all, &rules);
    assert_eq!((plan.assignments.len(), plan.unroutable[0].quantity), (0, quantity(10)));
    let expected = [
        Refusal::Paused,
        Refusal::Draining,
        Refusal::AboveMaximum,
        Refusal::BelowMinimum,
        Refusal::BudgetSpent,
        Refusal::WindowClosed,
    ];
    assert_eq!(refusals(&plan, &all), expected);
    assert_eq!(plan_a(10, &[], &rules).unroutable[0].refusals, []);
}

#[test]
fn a_budget_is_shared_by_all_skus_of_an_order() {
    let poor = supplier().priority(1).cost(10).budget(100);
    let rich = supplier().priority(2).cost(50);
    let candidates = ["A", "B"].map(|sku| [poor.clone().offering(sku), rich.clone().offering(sku)]).concat();
    let lines = [(sku("A"), quantity(6)), (sku("B"), quantity(6))];
    let plan = plan(&lines, &candidates, &Rules::default());
    assert_eq!(shares(&plan, &[&poor, &rich]), [6, 6], "60 of 100 pence pay for A and not for B");
}

#[test]
fn a_quantity_is_split_where_budgets_end() {
    let poor = &supplier().priority(1).cost(10).takes(2, 10).budget(49);
    let limited = &supplier().priority(2).cost(10).takes(1, 8);
    assert_eq!(share_a(10, &[poor, limited], &Rules::default()), [4, 6]);
}

#[test]
fn money_of_another_currency_pays_for_nothing_and_what_is_free_costs_no_budget() {
    let mut foreign = supplier();
    foreign.budget_left = Some(Money::new(1_000, Currency::Eur));
    let free = &supplier().priority(2).cost(0).budget(0);
    assert_eq!(share_a(10, &[&foreign, free], &Rules::default()), [0, 10]);
}

#[test]
fn a_quantity_is_split_among_so_many_suppliers_only() {
    let small: Vec<_> = (0..MAX_SPLIT + 2).map(|_| supplier().takes(1, 1)).collect();
    let all: Vec<_> = small.iter().collect();
    let most = i64::try_from(MAX_SPLIT).unwrap();
    let plan = plan_a(most, &all, &Rules::default());
    assert_eq!(plan.assignments.len(), MAX_SPLIT);
    assert_eq!(plan.assignments[0].why[0].considered.len(), MAX_CONSIDERED);
    assert!(plan.assignments[0].why[0].considered.iter().all(|seen| seen.verdict == Verdict::Chosen));
    assert_eq!(plan_a(most + 1, &all, &Rules::default()).unroutable.len(), 1);
}

#[test]
fn refusals_have_the_same_name_in_answers_and_in_the_table() {
    for refusal in Refusal::ALL {
        assert_eq!(serde_json::to_value(refusal).unwrap(), refusal.name());
    }
}
