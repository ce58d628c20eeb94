//! What suppliers cost stays within their budgets, to the penny, and who charges more than was agreed gets nothing more.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{Budget, Currency, Money, Tally, TallyChange, TaskStatus};
use serde_json::json;
use stack_tests::supplier::tasks_of;
use stack_tests::{Desk, wait_for};
use store::health::HealthKind;

fn pence(amount: i64) -> Money {
    Money::new(amount, Currency::Gbp)
}

/// A desk whose first supplier may cost so many pence in a day.
async fn with_daily_budget(amount: i64) -> Desk {
    let desk = Desk::open().await;
    let budget = Budget::parse(Some(pence(amount)), None).unwrap();
    desk.first.change(&desk.stack, |record| record.supplier.budget = budget).await;
    desk
}

#[tokio::test]
async fn a_budget_is_spent_to_the_penny_and_never_exceeded() {
    let desk = with_daily_budget(300).await;
    let mut orders = Vec::new();
    for _ in 0..8 {
        orders.push(desk.buy(1).await);
    }
    for order in &orders {
        desk.fulfilled(order, 120).await;
    }
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (3, 5));
    assert_eq!(desk.first.spending(&desk.stack).await, Tally { reserved: 0, spent: 300 });
    assert_eq!(desk.second.spending(&desk.stack).await, Tally { reserved: 0, spent: 500 });
}

#[tokio::test]
async fn what_a_supplier_charges_is_what_was_spent() {
    let desk = Desk::open().await;
    desk.first.turn(json!({ "unitCost": 130, "deliverAtMost": 4 })).await;
    let order = desk.buy(6).await;
    desk.fulfilled(&order, 120).await;
    let tasks = tasks_of(&desk.stack, order.id).await;
    let costs: Vec<_> = tasks.iter().map(|task| task.cost().unwrap()).collect();
    assert_eq!(costs, [pence(4 * 130), pence(2 * 100)]);
    assert_eq!(desk.first.spending(&desk.stack).await, Tally { reserved: 0, spent: 520 });
    assert_eq!(desk.second.spending(&desk.stack).await, Tally { reserved: 0, spent: 200 });
}

#[tokio::test]
async fn what_comes_to_nothing_costs_nothing() {
    let desk = Desk::open().await;
    desk.first.turn(json!({ "refuse": true })).await;
    let order = desk.buy(6).await;
    desk.fulfilled(&order, 120).await;
    assert_eq!(desk.first.spending(&desk.stack).await, Tally::default());
}

#[tokio::test]
async fn a_supplier_that_charges_more_than_its_budget_allows_gets_nothing_more() {
    let desk = with_daily_budget(300).await;
    desk.first.turn(json!({ "unitCost": 200 })).await;
    // Each is to cost 1.00: the second one still has room, and pushes the budget past its limit.
    for _ in 0..2 {
        desk.fulfilled(&desk.buy(1).await, 120).await;
    }
    assert_eq!(desk.first.spending(&desk.stack).await, Tally { reserved: 0, spent: 400 });
    assert!(desk.logged(&desk.first, HealthKind::ChargedMore).await);
    desk.until("the log tells of the budget", 30, async || {
        desk.logged(&desk.first, HealthKind::BudgetExceeded).await
    })
    .await;
    desk.fulfilled(&desk.buy(1).await, 120).await;
    assert_eq!((desk.first.taken().await.len(), desk.second.taken().await.len()), (2, 1));
    assert_eq!(desk.first.spending(&desk.stack).await, Tally { reserved: 0, spent: 400 });
}

#[tokio::test]
async fn what_was_reserved_before_a_budget_was_exceeded_is_not_placed_after() {
    let desk = with_daily_budget(300).await;
    let down = json!({ "kind": "unavailable", "on": ["place"], "percent": 100 });
    desk.first.turn(json!({ "faults": [down] })).await;
    let order = desk.buy(1).await;
    let waiting = wait_for("a task waits with its reservation", 60, async || {
        let tasks = tasks_of(&desk.stack, order.id).await;
        tasks.into_iter().find(|task| task.attempts() > 0 && task.reserved().is_some())
    })
    .await;
    // Another task of the supplier turns out to cost more than it was to.
    let charge = TallyChange { reserved: 0, spent: 250 };
    let mut transaction = desk.stack.database.transaction();
    transaction.settle_budget(desk.first.id, waiting.reserved().unwrap(), charge).unwrap();
    transaction.commit().await.unwrap();
    desk.fulfilled(&order, 120).await;
    let tasks = tasks_of(&desk.stack, order.id).await;
    let statuses: Vec<_> = tasks.iter().map(domain::Task::status).collect();
    assert_eq!(statuses, [TaskStatus::Failed, TaskStatus::Completed]);
    assert_eq!(tasks[0].reason(), Some("the supplier's budget is spent"));
    assert_eq!(desk.first.spending(&desk.stack).await, Tally { reserved: 0, spent: 250 });
}
