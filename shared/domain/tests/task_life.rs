//! No sequence of calls brings a task into a state it must not be in, and it remembers what happened.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::polling;
use domain::routing::{Strategy as Routing, Why};
use domain::task::{AttemptOutcome, MAX_HISTORY, MAX_REASON, MAX_REPLACEMENTS, NEVER_DUE, NewTask};
use domain::{
    Currency, Money, OrderId, Quantity, Reservation, Sku, SupplierId, Task, TaskId, TaskItem, TaskStatus,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn after(seconds: i64) -> Timestamp {
    NOW + SignedDuration::from_secs(seconds)
}

fn pence(amount: i64) -> Money {
    Money::new(amount, Currency::Gbp)
}

fn item(sku: &str, quantity: i64, unit_cost: i64) -> TaskItem {
    TaskItem {
        sku: Sku::parse(sku).unwrap(),
        code: format!("X-{sku}"),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_cost: pence(unit_cost),
        delivered: 0,
    }
}

fn new_task() -> NewTask {
    let sku = Sku::parse("HOOK").unwrap();
    NewTask {
        order_id: OrderId::generate(),
        supplier_id: SupplierId::generate(),
        items: vec![item("HOOK", 3, 120), item("NAIL", 100, 1)],
        tried: vec![],
        replacements: 0,
        why: vec![Why { sku, strategy: Routing::Cheapest, considered: vec![] }],
        lead_time_seconds: 60,
        not_before: None,
        attention_at: after(60),
    }
}

fn task() -> Task {
    Task::plan(new_task(), NOW)
}

fn submitted() -> Task {
    let mut task = task();
    task.begin_submission(after(35)).unwrap();
    task.accept("so_1".into(), NOW).unwrap();
    task
}

proptest! {
    #[test]
    fn a_task_only_takes_legal_steps(steps in prop::collection::vec(0_u8..12, 0..60)) {
        let mut task = task();
        for step in steps {
            let before = task.clone();
            let result = match step {
                0 | 1 => task.begin_submission(NOW),
                2 => task.accept("so_1".into(), NOW),
                3 => task.start(),
                4 => task.complete(&[], NOW),
                5 => task.reject("no", NOW),
                6 => task.mark_overdue("late", NOW, NOW),
                7 => task.cancel("late", NOW),
                8 => task.end_attempt(true, "lost", after(2), NOW),
                9 => task.postpone(after(30), "the circuit is open", NOW),
                10 => task.accept_by_hand("by hand".into(), NOW),
                _ => task.fail("gone", NOW),
            };
            if result.is_ok() {
                // To put a task off is no step.
                let put_off = step == 9 && before.status() == task.status();
                prop_assert!(put_off || before.status().may_become(task.status()));
            } else {
                prop_assert_eq!(&task, &before, "a refused call changes nothing");
            }
            prop_assert!(!before.status().is_final() || task == before, "a final task stays as it is");
            prop_assert_eq!(task.status().is_final(), task.ended_at().is_some());
            prop_assert!(!task.status().is_final() || !task.is_due_for_poll(after(i64::from(u32::MAX))));
            prop_assert!(task.history().len() <= MAX_HISTORY);
        }
    }
}

#[test]
fn doubt_outlives_what_is_put_off() {
    let mut task = task();
    task.begin_submission(after(35)).unwrap();
    task.end_attempt(true, "no answer", after(2), after(1)).unwrap();
    assert!(task.in_doubt());
    assert_eq!((task.not_before(), task.attention_at()), (Some(after(2)), after(2)));
    task.postpone(after(30), "the circuit is open", after(2)).unwrap();
    assert!(task.in_doubt());
    assert_eq!((task.status(), task.not_before()), (TaskStatus::Submitting, Some(after(30))));
    task.begin_submission(after(65)).unwrap();
    assert_eq!((task.attempts(), task.not_before()), (2, None));
    task.end_attempt(false, "unavailable", after(70), after(66)).unwrap();
    assert!(!task.in_doubt());
    let outcomes: Vec<_> = task.history().iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [AttemptOutcome::InDoubt, AttemptOutcome::Postponed, AttemptOutcome::NotPlaced]);
    assert_eq!(submitted().postpone(after(1), "no", NOW).unwrap_err().from, TaskStatus::Submitted);
}

#[test]
fn a_task_whose_message_was_sent_again_is_left_alone_until_something_happens_to_it() {
    let mut task = task();
    assert_eq!(task.swept_at(), task.attention_at());
    let before = task.attention_at();
    task.sent_again(after(900));
    assert_eq!((task.swept_at(), task.attention_at()), (after(900), before));
    // The lease of an attempt is its own, and a new one ends the wait.
    task.begin_submission(after(35)).unwrap();
    assert_eq!((task.swept_at(), task.attention_at()), (after(35), after(35)));
    task.sent_again(after(20));
    assert_eq!(task.swept_at(), after(35));
}

#[test]
fn the_history_keeps_the_latest_and_no_repetitions() {
    let mut task = task();
    for second in 0..40 {
        task.postpone(after(second + 1), "the circuit is open", after(second)).unwrap();
    }
    assert_eq!(task.history().len(), 1);
    assert_eq!(task.history()[0].at, after(39));
    for second in 0..40 {
        let reason = format!("try {second}");
        task.begin_submission(after(second)).unwrap();
        task.end_attempt(false, &reason, after(second), after(second)).unwrap();
    }
    let reasons: Vec<_> = task.history().iter().filter_map(|entry| entry.reason.as_deref()).collect();
    assert_eq!((reasons.len(), reasons[0], reasons[19]), (MAX_HISTORY, "try 20", "try 39"));
    task.fail(&"x".repeat(MAX_REASON + 1), NOW).unwrap();
    assert_eq!(task.reason().unwrap().len(), MAX_REASON);
    assert_eq!(task.history().last().unwrap().reason.as_ref().unwrap().len(), MAX_REASON);
}

#[test]
fn a_placed_task_is_asked_about_at_once_and_then_ever_more_rarely() {
    assert!(!task().is_due_for_poll(after(1_000)));
    let mut task = submitted();
    assert!(task.is_due_for_poll(NOW));
    task.polled(Some("AWAITING_STOCK"), NOW);
    assert_eq!(
        (task.next_poll_at(), task.unknown_state()),
        (Some(NOW + polling::SHORTEST), Some("AWAITING_STOCK"))
    );
    assert!(!task.is_due_for_poll(NOW) && task.is_due_for_poll(NOW + polling::SHORTEST));
    task.polled(None, after(36_000));
    assert_eq!((task.next_poll_at(), task.unknown_state()), (Some(after(36_000 + 1_800)), None));
    task.complete(&[], after(36_001)).unwrap();
    assert_eq!((task.next_poll_at(), task.ended_at()), (None, Some(after(36_001))));
}

#[test]
fn people_are_not_asked_and_without_a_lead_time_never_late() {
    let by_hand = |lead_time_seconds| {
        let mut task = Task::plan(NewTask { lead_time_seconds, ..new_task() }, NOW);
        task.begin_submission(NOW).unwrap();
        task.accept_by_hand("list".into(), NOW).unwrap();
        assert!(!task.is_due_for_poll(after(1_000_000)));
        task.attention_at()
    };
    assert_eq!(by_hand(60), after(60));
    assert_eq!(by_hand(0), NOW + NEVER_DUE);
}

#[test]
fn what_was_ordered_and_not_sent_is_missing() {
    let mut task = submitted();
    let (hook, nail) = (Sku::parse("HOOK").unwrap(), Sku::parse("NAIL").unwrap());
    task.complete(&[(hook.clone(), 9), (nail.clone(), 98)], NOW).unwrap();
    assert_eq!(task.items()[0].delivered, 3);
    assert_eq!(task.shortfall(), [(nail, Quantity::parse(2).unwrap())]);
}

#[test]
fn the_expected_cost_is_reserved_and_taken_off_once() {
    let mut task = task();
    assert_eq!(task.expected_cost(Currency::Eur), Ok(pence(3 * 120 + 100)));
    let empty = Task::plan(NewTask { items: vec![], ..new_task() }, NOW);
    assert_eq!(empty.expected_cost(Currency::Eur), Ok(Money::zero(Currency::Eur)));
    let reservation = Reservation { amount: pence(460), day: "2026-11-22".parse().unwrap() };
    task.reserve(reservation);
    task.charge(pence(455));
    assert_eq!((task.reserved(), task.cost()), (Some(reservation), Some(pence(455))));
    assert_eq!(task.take_reservation(), Some(reservation));
    assert_eq!(task.take_reservation(), None);
}

#[test]
fn pieces_are_given_to_others_only_so_often() {
    let replaced = |replacements| Task::plan(NewTask { replacements, ..new_task() }, NOW).may_be_replaced();
    assert!(replaced(MAX_REPLACEMENTS - 1));
    assert!(!replaced(MAX_REPLACEMENTS));
}

#[test]
fn a_task_that_does_not_say_when_it_is_asked_about_is_asked_about_now() {
    let stored = json!({
        "id": TaskId::generate(), "orderId": OrderId::generate(), "supplierId": SupplierId::generate(),
        "items": [{
            "sku": "HOOK", "code": "X", "quantity": 3, "unitCost": { "amount": 5, "currency": "GBP" }, "delivered": 0
        }],
        "tried": [], "replacements": 0, "why": [], "status": "submitted", "attempts": 1, "inDoubt": false,
        "leadTimeSeconds": 60, "supplierReference": "so_1", "history": [], "createdAt": NOW, "attentionAt": NOW,
    });
    let mut task: Task = serde_json::from_value(stored).unwrap();
    assert!(task.is_due_for_poll(NOW));
    task.polled(None, after(100));
    assert_eq!(task.next_poll_at(), Some(after(130)));
}

#[test]
fn a_task_reads_back_what_it_writes() {
    let mut task = submitted();
    task.reserve(Reservation { amount: pence(460), day: "2026-11-22".parse().unwrap() });
    task.polled(Some("AWAITING_STOCK"), after(5));
    let stored = serde_json::to_string(&task).unwrap();
    assert_eq!(serde_json::from_str::<Task>(&stored).unwrap(), task);
}

#[test]
fn names_in_answers_and_in_the_table_are_the_same() {
    for status in TaskStatus::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
    for outcome in AttemptOutcome::ALL {
        assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
    }
}
