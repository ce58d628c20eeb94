//! Schedule, every five minutes: looks after tasks to which nothing has happened for too long.
//!
//! A task that waits to be placed goes to the queue again. One that is overdue is cancelled at its supplier, and once the
//! supplier has let go of it, somebody else gets it. Where that does not help, a person is called. A supplier that was to
//! finish its tasks and has none left is paused. Orders that were called off are brought to their end.

use std::time::Instant;

use domain::task::AttemptOutcome;
use domain::{SupplierId, SupplierStatus, Task, TaskStatus};
use events::{Outcome, Report, WorkError};
use futures::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use rand::seq::SliceRandom;
use store::health::{HealthCounters, HealthEntry, HealthKind};
use store::rate::Line;
use store::suppliers::SupplierRecord;
use store::{CommitError, Versioned};
use suppliers::{CancelOutcome, SupplierReference};
use telemetry::trace;

use crate::conclude::Ending;
use crate::connection::Connection;
use crate::desk::{Desk, DeskError};
use crate::gate::Gate;
use crate::traced::for_task;
use crate::{
    CALLED_OFF_PAGE, CALLING_OFF_PATIENCE, CANCEL_PATIENCE, DOUBT_PATIENCE, LATE_PATIENCE, MAX_CALLED_OFF,
    MAX_CANCELS, MAX_SWEPT, POLL_PATIENCE, RESEND_PATIENCE, SENT_AT_ONCE,
};

/// Handles one tick.
pub async fn handle(desk: &Desk) -> Result<Report, WorkError> {
    let now = Timestamp::now();
    let mut failure = None;
    let mut swept = 0;
    for record in desk.database.suppliers().await? {
        let id = record.value.supplier.id;
        match Box::pin(sweep(desk, record, now)).await {
            Ok(tasks) => swept += tasks,
            // One supplier's failure must not hold up the others.
            Err(error) => {
                tracing::error!(supplier_id = %id, %error, "supplier cannot be swept");
                failure = Some(error);
            }
        }
    }
    let called_off = Box::pin(called_off(desk)).await.unwrap_or_else(|error| {
        failure = Some(error);
        0
    });
    tracing::info!(swept, called_off, "tasks swept");
    let report = format!("{swept} tasks and {called_off} cancelled orders looked after");
    failure.map_or(Ok(Outcome::Done.saying(report)), |error| Err(error.into()))
}

/// Goes on with the orders that were called off: until their suppliers have let go of them and what was not sent is paid
/// back.
async fn called_off(desk: &Desk) -> Result<usize, DeskError> {
    let began = Instant::now();
    let mut orders = Vec::new();
    let mut after = None;
    while orders.len() < MAX_CALLED_OFF {
        let page = desk.database.orders_called_off(after, CALLED_OFF_PAGE).await?;
        orders.extend(page.orders.iter().map(|order| (order.value.id(), order.value.trace_id())));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    // Those whose suppliers cannot be asked any more in one sweep come sooner in another.
    orders.shuffle(&mut rand::rng());
    let mut failure = None;
    for (order_id, trace_id) in &orders {
        let patience = CALLING_OFF_PATIENCE.saturating_sub(began.elapsed());
        let request_id = format!("sweep-{order_id}");
        let work = desk.go_on_calling_off(*order_id, patience, &request_id);
        if let Err(error) = trace::within_any(*trace_id, work).await {
            tracing::error!(%order_id, %error, "cancelled order cannot be brought to its end");
            failure = Some(error);
        }
    }
    failure.map_or(Ok(orders.len()), Err)
}

async fn sweep(desk: &Desk, record: Versioned<SupplierRecord>, now: Timestamp) -> Result<usize, DeskError> {
    let supplier_id = record.value.supplier.id;
    let mut due = desk.database.due_tasks(supplier_id, now, MAX_SWEPT).await?;
    // The others are only to be asked about.
    due.retain(|task| task.value.swept_at() <= now);
    let swept = due.len();
    let (waiting, late): (Vec<_>, Vec<_>) = due
        .into_iter()
        .partition(|task| matches!(task.value.status(), TaskStatus::Planned | TaskStatus::Submitting));
    for task in &waiting {
        for_task(&task.value, call_about_doubt(desk, &task.value, &record.value.supplier.name, now)).await?;
    }
    send_again(desk, waiting, now).await?;
    if !late.is_empty() {
        cancel_all(desk, supplier_id, late, now).await?;
    }
    if record.value.supplier.status == SupplierStatus::Draining {
        pause_if_drained(desk, record, now).await?;
    }
    Ok(swept)
}

/// Sends tasks that wait to be placed to the queue again. It is written down first, so that the next sweep does not add
/// another message for each of them: a queue that is long already would never become shorter.
async fn send_again(desk: &Desk, waiting: Vec<Versioned<Task>>, now: Timestamp) -> Result<(), DeskError> {
    let began = Instant::now();
    for tasks in waiting.chunks(SENT_AT_ONCE) {
        // The next sweep goes on: those that were due first come first.
        if began.elapsed() > POLL_PATIENCE {
            break;
        }
        let marked = tasks.iter().cloned().map(|mut task| {
            task.value.sent_again(now + RESEND_PATIENCE);
            desk.save(task)
        });
        // Whoever outran this one has a message of its own.
        let marked: Vec<_> =
            try_join_all(marked).await?.into_iter().flatten().map(|task| task.value).collect();
        desk.send(&marked, "sweep").await?;
    }
    Ok(())
}

/// Calls a person about a task of which nobody has known for long whether the supplier has it.
async fn call_about_doubt(desk: &Desk, task: &Task, supplier: &str, now: Timestamp) -> Result<(), DeskError> {
    if !task.in_doubt() || now.duration_since(task.created_at()) < DOUBT_PATIENCE {
        return Ok(());
    }
    let reason = task.reason().unwrap_or("the function that placed it died");
    let text = format!(
        "Nobody knows whether {supplier} has task {} ({}): {reason}. It is asked again and again; until it answers, nobody \
         else may get the goods to send.",
        task.id(),
        goods(task),
    );
    desk.call_person(task.order_id(), &text, &format!("sweep-{}", task.id())).await
}

async fn cancel_all(
    desk: &Desk,
    supplier_id: SupplierId,
    late: Vec<Versioned<Task>>,
    now: Timestamp,
) -> Result<(), DeskError> {
    let connection = desk.connect(supplier_id).await?;
    let began = Instant::now();
    let mut failure = None;
    for task in late {
        // The next sweep goes on: those that wait for longest come first.
        if began.elapsed() > POLL_PATIENCE {
            break;
        }
        let about = task.value.clone();
        match for_task(&about, cancel(desk, &connection, task, now)).await {
            Ok(true) => {}
            // The supplier may not be called now: nor for the other tasks.
            Ok(false) => break,
            Err(error) => {
                tracing::error!(task_id = %about.id(), %error, "overdue task cannot be cancelled");
                failure = Some(error);
            }
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Cancels an overdue task. False where the supplier may not be called now.
async fn cancel(
    desk: &Desk,
    connection: &Connection,
    mut task: Versioned<Task>,
    now: Timestamp,
) -> Result<bool, DeskError> {
    let order_id = task.value.order_id();
    let reference = task.value.supplier_reference().map(SupplierReference::parse);
    let Some(Ok(reference)) = reference else {
        return Err(DeskError::Missing(format!("supplier reference of {}", task.value.id())));
    };
    let mut pass = match desk.admit(connection, Line::Asking, None, &order_id.to_string()).await? {
        Gate::Open(pass) => pass,
        Gate::Closed(closed) => {
            tracing::warn!(supplier_id = %connection.id(), reason = closed.reason, "late tasks wait");
            return Ok(false);
        }
    };
    if task.value.status() != TaskStatus::Overdue {
        pass.count(&HealthCounters { overdue: 1, ..HealthCounters::default() });
    }
    let late = late(&task.value);
    task.value.mark_overdue(&late, now + patience(&task.value), now)?;
    let Some(mut task) = desk.save(task).await? else {
        pass.end(desk).await;
        return Ok(true);
    };
    telemetry::crash::point("sweep-tasks.after-mark", order_id);
    let outcome = pass.call(connection.api.cancel(&reference)).await;
    pass.end(desk).await;
    let why = match outcome {
        Ok(CancelOutcome::Cancelled | CancelOutcome::NotFound) => {
            task.value.cancel(&late, now)?;
            telemetry::crash::point("sweep-tasks.after-cancel", order_id);
            let request_id = format!("sweep-{}", task.value.id());
            desk.conclude(task, Ending::default(), &request_id).await?;
            return Ok(true);
        }
        // The next update tells what has become of it.
        Ok(CancelOutcome::Requested) => "it was asked to call it off, and has not yet".to_owned(),
        Ok(CancelOutcome::TooLate) => "it says that it is too late to call it off".to_owned(),
        Err(error) => error.to_string(),
    };
    tracing::warn!(task_id = %task.value.id(), why, "overdue task is not cancelled yet");
    if tries(&task.value) >= MAX_CANCELS {
        let text = format!(
            "{} is late with task {} ({}), {late}, and does not let go of it: {why}. Nobody else gets the goods to send as \
             long as it may send them.",
            connection.name(),
            task.value.id(),
            goods(&task.value),
        );
        desk.call_person(order_id, &text, &format!("sweep-{}", task.value.id())).await?;
    }
    Ok(true)
}

/// How often it was tried to cancel a task.
fn tries(task: &Task) -> usize {
    task.history().iter().filter(|entry| entry.outcome == AttemptOutcome::Overdue).count()
}

/// How long a late task is left alone after this try.
fn patience(task: &Task) -> SignedDuration {
    if tries(task) >= MAX_CANCELS { LATE_PATIENCE } else { CANCEL_PATIENCE }
}

/// Since when a task is late. The first reason is kept: later ones would tell of later looks.
fn late(task: &Task) -> String {
    let first = task.history().iter().find(|entry| entry.outcome == AttemptOutcome::Overdue);
    first
        .and_then(|entry| entry.reason.clone())
        .unwrap_or_else(|| format!("not done by {:.0}", task.attention_at()))
}

fn goods(task: &Task) -> String {
    let items: Vec<_> = task.items().iter().map(|item| format!("{} × {}", item.quantity, item.sku)).collect();
    items.join(", ")
}

/// Pauses a supplier that was to finish its tasks, once it has.
async fn pause_if_drained(
    desk: &Desk,
    mut record: Versioned<SupplierRecord>,
    now: Timestamp,
) -> Result<(), DeskError> {
    let id = record.value.supplier.id;
    if desk.database.has_open_tasks(id, None).await? {
        return Ok(());
    }
    record.value.supplier.status = SupplierStatus::Paused;
    let entry = HealthEntry::new(HealthKind::Paused, "all its tasks are done", now);
    let mut transaction = desk.database.transaction();
    match transaction.update_supplier(&record)?.log_health(id, &entry)?.commit().await {
        Ok(()) => tracing::info!(supplier_id = %id, "drained and paused"),
        // Somebody changed the supplier meanwhile: the next sweep sees how it is then.
        Err(CommitError::Refused(_)) => {}
        Err(CommitError::Store(error)) => return Err(error.into()),
    }
    Ok(())
}
