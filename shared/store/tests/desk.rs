//! What the fulfilment desk keeps in the tables, with many writers at once: run by `make test-stack`, which names them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod stack;

use domain::circuit::{Circuit, CircuitView, MAX_FAILURES_IN_ROW};
use domain::task::NewTask;
use domain::{
    Budget, Currency, Money, OrderId, Quantity, Reservation, Sku, SupplierId, Tally, Task, TaskId, TaskItem,
};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use stack::database;
use store::health::{HealthCounters, HealthEntry, HealthKind, hour};
use store::rate::{Line, Turn};
use store::{CommitError, Database, Subject, Versioned, budget};

fn pence(amount: i64) -> Money {
    Money::new(amount, Currency::Gbp)
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

async fn reserve(database: &Database, supplier: SupplierId, limits: Budget, amount: i64) -> bool {
    let reservation = Reservation { amount: pence(amount), day: budget::day(Timestamp::now()) };
    let mut transaction = database.transaction();
    match transaction.reserve_budget(supplier, limits, reservation).unwrap().commit().await {
        Ok(()) => true,
        Err(error) => {
            assert!(error.refused(&Subject::Budget), "{error}");
            false
        }
    }
}

#[tokio::test]
async fn of_many_reservations_at_once_as_many_hold_as_there_is_money() {
    let (database, supplier) = (database().await, SupplierId::generate());
    let limits = Budget::parse(Some(pence(1_000)), Some(pence(500))).unwrap();
    let made = join_all((0..12).map(|_| reserve(&database, supplier, limits, 100))).await;
    assert_eq!(made.into_iter().filter(|made| *made).count(), 5, "the month's budget is the tighter one");
    let usage = async || database.budget_usage([supplier], Timestamp::now()).await.unwrap()[&supplier];
    assert_eq!(usage().await.day, Tally { reserved: 500, spent: 0 });
    // One costs less in the end, another comes to nothing: there is room for as much again.
    let reservation = Reservation { amount: pence(100), day: budget::day(Timestamp::now()) };
    for end in [reservation.settled(pence(40)).unwrap(), reservation.released()] {
        let mut transaction = database.transaction();
        transaction.settle_budget(supplier, reservation, end).unwrap().commit().await.unwrap();
    }
    assert_eq!(usage().await.month, Tally { reserved: 300, spent: 40 });
    assert!(!reserve(&database, supplier, limits, 161).await);
    assert!(reserve(&database, supplier, limits, 160).await);
}

#[tokio::test]
async fn an_amount_above_the_whole_budget_is_refused_on_the_first_day_too() {
    let (database, supplier) = (database().await, SupplierId::generate());
    let limits = Budget::parse(Some(pence(99)), None).unwrap();
    assert!(!reserve(&database, supplier, limits, 100).await);
    assert!(reserve(&database, supplier, limits, 99).await);
}

#[tokio::test]
async fn turns_that_are_taken_at_once_are_apart_and_end_at_the_horizon() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let take = |_| database.take_turn(supplier, Line::Placing, Some(60), seconds(6), now);
    let turns: Vec<_> = join_all((0..8).map(take)).await.into_iter().map(Result::unwrap).collect();
    let mut at: Vec<_> = turns
        .iter()
        .filter_map(|turn| match turn {
            Turn::At(at) => Some(*at),
            Turn::Crowded(_) | Turn::Rest(_) => None,
        })
        .collect();
    at.sort();
    // Three of four calls place: one in 4/3 seconds, of which the first and four more fit before the horizon.
    assert_eq!(at.len(), 5, "{turns:?}");
    assert!(at.windows(2).all(|pair| pair[1].duration_since(pair[0]).as_millis() >= 1_333), "{at:?}");
    assert!(turns.iter().all(|turn| !matches!(turn, Turn::Crowded(at) if *at <= now)), "{turns:?}");
    // The other line does not wait for this one.
    let asking = database.take_turn(supplier, Line::Asking, Some(60), seconds(6), now).await.unwrap();
    assert_eq!(asking, Turn::At(now));
}

#[tokio::test]
async fn a_rest_holds_for_all_lines_and_is_not_made_shorter() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap();
    database.rest(supplier, now + seconds(60)).await.unwrap();
    database.rest(supplier, now + seconds(5)).await.unwrap();
    for (line, per_minute) in [(Line::Placing, Some(60)), (Line::Asking, Some(60)), (Line::Asking, None)] {
        let turn = database.take_turn(supplier, line, per_minute, seconds(600), now).await.unwrap();
        assert_eq!(turn, Turn::Rest(now + seconds(60)), "{line:?}");
    }
    let after = now + seconds(61);
    let turn = database.take_turn(supplier, Line::Placing, Some(60), seconds(600), after).await.unwrap();
    assert_eq!(turn, Turn::At(after));
}

#[tokio::test]
async fn there_are_as_many_slots_as_allowed_and_a_dead_holder_loses_its_own() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let take = |now| database.take_slot(supplier, 3, seconds(30), now);
    let taken = join_all((0..10).map(|_| take(now))).await;
    let mut slots: Vec<_> = taken.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(slots.len(), 3);
    database.give_slot_back(&slots.remove(0)).await.unwrap();
    assert!(take(now).await.unwrap().is_some());
    assert_eq!(take(now + seconds(29)).await.unwrap(), None);
    // All leases are over: whoever comes takes what the dead hold, who then have nothing to give back.
    let later = now + seconds(31);
    for _ in 0..3 {
        assert!(take(later).await.unwrap().is_some());
    }
    database.give_slot_back(&slots[0]).await.unwrap();
    assert_eq!(take(later).await.unwrap(), None);
}

#[tokio::test]
async fn of_two_who_write_a_circuit_one_reads_again() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let mut read = database.circuit(supplier).await.unwrap();
    assert_eq!(read, Versioned { value: Circuit::default(), version: 0 });
    for _ in 0..MAX_FAILURES_IN_ROW {
        read.value.record_failure(now);
    }
    let entry = HealthEntry::new(HealthKind::CircuitOpened, "no answer", now);
    assert!(database.put_circuit(supplier, &read, Some(&entry)).await.unwrap());
    assert!(!database.put_circuit(supplier, &read, Some(&entry)).await.unwrap());
    assert_eq!(database.health_log(supplier, 10).await.unwrap(), [entry]);
    let again = database.circuit(supplier).await.unwrap();
    assert_eq!(again, Versioned { version: 1, ..read });
    assert!(database.put_circuit(supplier, &again, None).await.unwrap());
    let other = SupplierId::generate();
    let circuits = database.circuits([supplier, other]).await.unwrap();
    assert_eq!(circuits[&supplier].view(now), CircuitView::Open);
    assert_eq!(circuits[&other].view(now), CircuitView::Closed);
}

#[tokio::test]
async fn health_is_summed_by_the_hour() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let an_hour_ago = now - SignedDuration::from_hours(1);
    let one = HealthCounters { placed: 1, cost_charged: 5, ..HealthCounters::default() };
    for at in [now - SignedDuration::from_hours(3), an_hour_ago, now, now] {
        database.count_health(supplier, &one, at).await.unwrap();
    }
    let hours = database.health(supplier, now - SignedDuration::from_hours(2), now).await.unwrap();
    let counted: Vec<_> = hours.iter().map(|(hour, counters)| (hour.as_str(), counters.placed)).collect();
    assert_eq!(counted, [(hour(an_hour_ago).as_str(), 1), (hour(now).as_str(), 2)]);
    assert_eq!(hours[1].1.cost_charged, 10);
}

fn task(supplier_id: SupplierId, attention_at: Timestamp) -> Task {
    let item = TaskItem {
        sku: Sku::parse("A").unwrap(),
        code: "x".into(),
        quantity: Quantity::ONE,
        unit_cost: pence(1),
        delivered: 0,
    };
    let new = NewTask {
        order_id: OrderId::generate(),
        supplier_id,
        items: vec![item],
        tried: vec![],
        replacements: 0,
        why: vec![],
        lead_time_seconds: 3_600,
        not_before: None,
        attention_at,
    };
    Task::plan(new, attention_at)
}

async fn create(database: &Database, task: &Task) {
    database.transaction().create_task(task).unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn tasks_are_looked_at_when_they_are_due_the_most_urgent_first() {
    let (database, supplier) = (database().await, SupplierId::generate());
    let now: Timestamp = "2026-11-22T07:30:00Z".parse().unwrap();
    let mut tasks = Vec::new();
    for late in [1, 3, 2, -1] {
        let task = task(supplier, now - seconds(late));
        create(&database, &task).await;
        tasks.push(task);
    }
    let due = async |limit| {
        let due = database.due_tasks(supplier, now, limit).await.unwrap();
        due.into_iter().map(|task| task.value.id()).collect::<Vec<_>>()
    };
    assert_eq!(due(10).await, [tasks[1].id(), tasks[2].id(), tasks[0].id()]);
    assert_eq!(due(2).await, [tasks[1].id(), tasks[2].id()]);
    assert!(database.has_open_tasks(supplier, Some(now)).await.unwrap());
    assert!(!database.has_open_tasks(supplier, Some(now - seconds(60))).await.unwrap());
    // One whose message was sent again just now is left alone.
    let mut sent = database.task(tasks[0].id()).await.unwrap().unwrap();
    sent.value.sent_again(now + seconds(900));
    database.transaction().update_task(&sent).unwrap().commit().await.unwrap();
    assert_eq!(due(10).await, [tasks[1].id(), tasks[2].id()]);
    let later = database.due_tasks(supplier, now + seconds(900), 10).await.unwrap();
    assert!(later.iter().any(|task| task.value.id() == tasks[0].id()));
    // One that the supplier has is due for a question before it is late, and a final one is not due at all.
    let mut placed = database.task(tasks[3].id()).await.unwrap().unwrap();
    placed.value.begin_submission(now).unwrap();
    placed.value.accept("so_1".into(), now).unwrap();
    database.transaction().update_task(&placed).unwrap().commit().await.unwrap();
    assert_eq!(due(10).await.len(), 3);
    let mut done = database.task(tasks[3].id()).await.unwrap().unwrap();
    done.value.complete(&[], now).unwrap();
    database.transaction().update_task(&done).unwrap().commit().await.unwrap();
    assert_eq!(due(10).await.len(), 2);
}

#[tokio::test]
async fn a_supplier_cannot_call_two_tasks_by_one_name() {
    let (database, supplier, now) = (database().await, SupplierId::generate(), Timestamp::now());
    let (first, second) = (task(supplier, now), task(supplier, now));
    create(&database, &first).await;
    let name = "é".repeat(1_000);
    let point = async |supplier: SupplierId, id: TaskId| {
        let mut transaction = database.transaction();
        transaction.point_reference(supplier, &name, id, now).unwrap().commit().await
    };
    point(supplier, first.id()).await.unwrap();
    point(supplier, first.id()).await.unwrap();
    let refused: CommitError = point(supplier, second.id()).await.unwrap_err();
    assert!(refused.refused(&Subject::Reference), "{refused}");
    point(SupplierId::generate(), second.id()).await.unwrap();
    let found = database.task_by_reference(supplier, &name).await.unwrap().unwrap();
    assert_eq!(found.value, first);
    assert_eq!(database.task_by_reference(supplier, "another").await.unwrap(), None);
}
