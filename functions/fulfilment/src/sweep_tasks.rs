//! Schedule, every five minutes: looks after tasks to which nothing has happened for too long.
//!
//! A task that waits to be placed goes to the queue again. One that is overdue is cancelled at its supplier, and once the
//! supplier has let go of it, somebody else gets it.

use domain::{SupplierId, Task, TaskStatus};
use events::WorkError;
use jiff::Timestamp;
use store::Versioned;
use suppliers::{CancelOutcome, Supplier, SupplierReference};

use crate::CANCEL_PATIENCE;
use crate::desk::{Desk, DeskError};

/// Handles one tick.
pub async fn handle(desk: &Desk) -> Result<(), WorkError> {
    let now = Timestamp::now();
    let mut failure = None;
    let mut swept = 0;
    for record in desk.database.suppliers().await? {
        let id = record.supplier.id;
        match sweep(desk, id, now).await {
            Ok(tasks) => swept += tasks,
            // One supplier's failure must not hold up the others.
            Err(error) => {
                tracing::error!(supplier_id = %id, %error, "supplier cannot be swept");
                failure = Some(error);
            }
        }
    }
    tracing::info!(swept, "tasks swept");
    failure.map_or(Ok(()), |error| Err(error.into()))
}

async fn sweep(desk: &Desk, supplier_id: SupplierId, now: Timestamp) -> Result<usize, DeskError> {
    let due = desk.database.active_tasks(supplier_id, Some(now)).await?;
    let swept = due.len();
    let (waiting, late): (Vec<_>, Vec<_>) = due
        .into_iter()
        .partition(|task| matches!(task.value.status(), TaskStatus::Planned | TaskStatus::Submitting));
    let waiting: Vec<_> = waiting.into_iter().map(|task| task.value).collect();
    desk.send(&waiting, "sweep").await?;
    if late.is_empty() {
        return Ok(swept);
    }
    let (_, supplier) = desk.supplier(supplier_id).await?;
    let mut failure = None;
    for task in late {
        let task_id = task.value.id();
        if let Err(error) = cancel(desk, supplier.as_ref(), task, now).await {
            tracing::error!(%task_id, %error, "overdue task cannot be cancelled");
            failure = Some(error);
        }
    }
    failure.map_or(Ok(swept), Err)
}

/// Cancels an overdue task.
async fn cancel(
    desk: &Desk,
    supplier: &dyn Supplier,
    mut task: Versioned<Task>,
    now: Timestamp,
) -> Result<(), DeskError> {
    let late = format!("not done by {}", task.value.attention_at());
    task.value.mark_overdue(late.clone(), now + CANCEL_PATIENCE)?;
    let Some(mut task) = desk.save(task).await? else { return Ok(()) };
    telemetry::crash::point("sweep-tasks.after-mark", task.value.order_id());
    let reference = task.value.supplier_reference().map(SupplierReference::parse);
    let Some(Ok(reference)) = reference else {
        return Err(DeskError::Missing(format!("supplier reference of {}", task.value.id())));
    };
    match supplier.cancel(&reference).await {
        Ok(CancelOutcome::Cancelled | CancelOutcome::NotFound) => {
            task.value.cancel(late)?;
            telemetry::crash::point("sweep-tasks.after-cancel", task.value.order_id());
            desk.conclude(&task, None, &format!("sweep-{}", task.value.id())).await
        }
        // The next update tells what has become of it.
        Ok(outcome @ (CancelOutcome::Requested | CancelOutcome::TooLate)) => {
            tracing::warn!(task_id = %task.value.id(), ?outcome, "overdue task is not cancelled yet");
            Ok(())
        }
        Err(error) => {
            let reason = error.to_string();
            Err(DeskError::Supplier { supplier_id: task.value.supplier_id(), reason })
        }
    }
}
