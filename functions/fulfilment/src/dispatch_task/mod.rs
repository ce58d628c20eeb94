//! Dispatch queue: places a task with its supplier, once, whatever dies.
//!
//! Before the supplier is called, the task is stored as being submitted, with a lease, and what it may cost is taken out of
//! the supplier's budget in the same write. Whoever finds it like that after the lease is over cannot know whether the
//! supplier has it, and asks the supplier for it before placing it again.
//!
//! A message is never made to wait by failing: a task that cannot be placed now is stored with the time of the next try, and
//! a new message is sent that nobody sees before. So only what is wrong with us ends in the dead-letter queue.

mod placing;

use domain::{Order, Task, TaskStatus};
use events::{DispatchMessage, Outcome, Report, WorkError};
use jiff::Timestamp;
use store::Versioned;
use store::rate::Line;
use telemetry::metrics::SupplierMetric;

use self::placing::Placing;
use crate::conclude::Concluded;
use crate::connection::Connection;
use crate::desk::{Desk, DeskError};
use crate::excess::BUDGET_SPENT;
use crate::gate::Gate;
use crate::measured;

/// Why nothing new is to be placed with a supplier.
type Refusal = Option<&'static str>;

/// Handles a task that waits to be placed.
pub async fn handle(desk: &Desk, message: DispatchMessage) -> Result<Report, WorkError> {
    let task = desk.task(message.task_id).await?;
    let order = desk.order(task.value.order_id()).await?;
    match task.value.status() {
        TaskStatus::Planned | TaskStatus::Submitting => {}
        // Whoever ended it may have died before its successors were sent.
        TaskStatus::Rejected | TaskStatus::Failed | TaskStatus::Cancelled => {
            desk.send_planned(&order.value, &message.request_id).await?;
            return Ok(Outcome::Done.saying(format!("the task is {}", task.value.status())));
        }
        TaskStatus::Submitted | TaskStatus::InProgress | TaskStatus::Overdue | TaskStatus::Completed => {
            return Ok(Outcome::Done.saying(format!("the task is {}", task.value.status())));
        }
    }
    if let Some(at) = waits_until(&task.value, Timestamp::now()) {
        if has_another(&task.value, &message) {
            return Ok(Outcome::Done.saying(format!("another message comes at {at:.0}")));
        }
        desk.send_again(&message, at).await?;
        return Ok(Outcome::Done.saying(format!("waits until {at:.0}")));
    }
    let (connection, refusal) = match connect(desk, &task.value, &order.value).await? {
        Ok(connected) => connected,
        Err(reason) => return Ok(give_up(desk, task, &reason, &message).await?),
    };
    let placing = Placing { desk, connection: &connection, message: &message, refusal };
    let subject = order.value.id().to_string();
    match desk.admit(&connection, Line::Placing, message.turn, &subject).await? {
        Gate::Open(mut pass) => {
            let report = Box::pin(placing.place(&mut pass, task, &order.value)).await;
            pass.end(desk).await;
            Ok(report?)
        }
        Gate::Closed(closed) => Ok(Box::pin(placing.postpone(task, closed)).await?),
    }
}

/// Until when a task must be left alone.
fn waits_until(task: &Task, now: Timestamp) -> Option<Timestamp> {
    let lease = (task.status() == TaskStatus::Submitting).then_some(task.attention_at());
    [lease, task.not_before()].into_iter().flatten().filter(|at| *at > now).max()
}

/// Whether the task waits for a time that another message was sent for. If every one that comes, of the sweep or twice, were
/// sent again, a task would have more and more of them. Where whoever was to send that one died, the sweep does.
fn has_another(task: &Task, message: &DispatchMessage) -> bool {
    task.not_before().is_some() && message.at != task.not_before()
}

/// The way to the supplier, or why the task is not to be placed there. One that the supplier may have is looked for first.
async fn connect(
    desk: &Desk,
    task: &Task,
    order: &Order,
) -> Result<Result<(Connection, Refusal), String>, DeskError> {
    let connection = match desk.connect(task.supplier_id()).await {
        Err(DeskError::Supplier { reason, .. }) if !task.in_doubt() => {
            return Ok(Err(format!("the supplier cannot be called: {reason}")));
        }
        other => other?,
    };
    Ok(match refusal(desk, &connection, task, order).await? {
        Some(reason) if !task.in_doubt() => Err(reason.to_owned()),
        refusal => Ok((connection, refusal)),
    })
}

/// Why nothing is to be placed with the supplier for this task.
async fn refusal(
    desk: &Desk,
    connection: &Connection,
    task: &Task,
    order: &Order,
) -> Result<Refusal, DeskError> {
    let supplier = &connection.record.value.supplier;
    Ok(if !order.wants_goods() {
        Some("the order was called off")
    } else if !supplier.status.places_planned_tasks() {
        Some("the supplier was paused")
    } else if let Some(reservation) = task.reserved()
        && desk.excess(supplier, reservation.day).await?.is_some()
    {
        // What it may cost was set aside before the supplier charged others more than they were to cost.
        Some(BUDGET_SPENT)
    } else {
        None
    })
}

async fn give_up(
    desk: &Desk,
    task: Versioned<Task>,
    reason: &str,
    message: &DispatchMessage,
) -> Result<Report, DeskError> {
    let supplier = task.value.supplier_id();
    Ok(match desk.give_up(task, reason, false, &message.request_id).await? {
        Concluded::Written => {
            if reason == BUDGET_SPENT {
                measured::count(supplier, SupplierMetric::BudgetRefusals);
            }
            Outcome::Done.saying(format!("given up: {reason}"))
        }
        Concluded::Outrun | Concluded::NotRoutable => outrun(),
    })
}

/// Somebody else changed the task since it was read. Whoever did has a message of its own that comes again if it dies.
fn outrun() -> Report {
    Outcome::Done.saying("somebody else is at the task")
}
