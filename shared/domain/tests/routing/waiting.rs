//! Open circuits, and windows that open later.

use domain::circuit::CircuitView;
use domain::routing::{Refusal, Rules, Verdict, plan};

use crate::helpers::{With, plan_a, quantity, share_a, shares, sku, supplier, verdicts};

#[test]
fn an_open_circuit_is_used_only_where_nobody_else_can() {
    let down = &supplier().priority(1).circuit(CircuitView::Open);
    let up = &supplier().priority(2);
    let plan = plan_a(5, &[down, up], &Rules::default());
    assert_eq!(shares(&plan, &[down, up]), [0, 5]);
    assert_eq!(verdicts(&plan, &[down, up])[0], Verdict::Refused(Refusal::CircuitOpen));
    assert_eq!(share_a(5, &[down], &Rules::default()), [5]);
}

#[test]
fn it_sends_no_more_than_the_others_leave() {
    let down = &supplier().priority(1).circuit(CircuitView::Open);
    let up = &supplier().priority(2).takes(1, 20);
    assert_eq!(share_a(25, &[down, up], &Rules::default()), [5, 20]);
    let down = &down.clone().takes(10, 30);
    assert_eq!(share_a(25, &[down, up], &Rules::default()), [10, 15]);
    let only_whole = &supplier().takes(20, 20);
    assert_eq!(share_a(25, &[down, only_whole], &Rules::default()), [25, 0]);
}

#[test]
fn a_half_open_circuit_gets_work_again() {
    let back = &supplier().priority(1).circuit(CircuitView::HalfOpen);
    let other = &supplier().priority(2);
    assert_eq!(share_a(5, &[back, other], &Rules::default()), [5, 0]);
}

#[test]
fn a_window_that_opens_later_is_used_only_where_nobody_else_can_and_the_task_waits() {
    let later = &supplier().priority(1).window(3_600, None);
    let now = &supplier().priority(2);
    let rules = Rules { age_seconds: 600, ..Rules::default() };
    let plan = plan_a(5, &[later, now], &rules);
    assert_eq!(shares(&plan, &[later, now]), [0, 5]);
    assert_eq!(verdicts(&plan, &[later, now])[0], Verdict::Refused(Refusal::WindowClosed));
    assert_eq!(plan.assignments[0].starts_in_seconds, 0);
    let alone = plan_a(5, &[later], &rules);
    assert_eq!(alone.assignments[0].starts_in_seconds, 3_000);
    let open = Rules { age_seconds: 3_600, ..Rules::default() };
    assert_eq!(share_a(5, &[later, now], &open), [5, 0]);
}

#[test]
fn of_those_that_wait_a_circuit_comes_before_a_window_and_the_sooner_window_first() {
    let soon = &supplier().priority(3).window(60, None);
    let late = &supplier().priority(1).window(90, None).circuit(CircuitView::Open);
    let down = &supplier().priority(2).circuit(CircuitView::Open);
    assert_eq!(share_a(5, &[late, soon, down], &Rules::default()), [0, 0, 5]);
    assert_eq!(share_a(5, &[late, soon], &Rules::default()), [0, 5]);
}

#[test]
fn one_supplier_gets_two_tasks_where_its_windows_open_at_different_times() {
    let now = supplier();
    let later = now.clone().offering("B").window(60, Some(120));
    let lines = [(sku("A"), quantity(1)), (sku("B"), quantity(2))];
    let plan = plan(&lines, &[now, later], &Rules::default());
    let tasks: Vec<_> =
        plan.assignments.iter().map(|task| (task.items[0].1.get(), task.starts_in_seconds)).collect();
    assert_eq!(tasks, [(1, 0), (2, 60)]);
}
