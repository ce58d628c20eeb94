//! Dispatch queue: places a task with its supplier, once, whatever dies.
//!
//! Before the supplier is called, the task is stored as being submitted, with a lease. Whoever finds it like that after
//! the lease is over cannot know whether the supplier has it, and asks the supplier for it before placing it again.

use std::time::Duration;

use domain::{Task, TaskStatus};
use events::{DispatchMessage, Outcome, WorkError};
use jiff::Timestamp;
use store::Versioned;
use suppliers::{PlaceError, Placement, PlacementRequest, Supplier};
use telemetry::Metric;

use crate::desk::{Desk, DeskError};
use crate::{MAX_ATTEMPTS, SUBMISSION_LEASE};

/// What came of an attempt.
enum Attempt {
    /// The supplier has it.
    Placed(Placement),
    /// The supplier will not take it.
    Rejected(String),
    /// It is not placed for all we know; `in_doubt` says whether the supplier may have it all the same.
    Failed { in_doubt: bool, reason: String },
}

/// Handles a task that waits to be placed.
pub async fn handle(desk: &Desk, message: DispatchMessage) -> Result<Outcome, WorkError> {
    let mut task = desk.task(message.task_id).await?;
    let now = Timestamp::now();
    match task.value.status() {
        TaskStatus::Submitting if task.value.attention_at() > now => {
            let left = Duration::try_from(task.value.attention_at().duration_since(now)).unwrap_or_default();
            return Ok(Outcome::Later(left + Duration::from_secs(1)));
        }
        TaskStatus::Planned | TaskStatus::Submitting => {}
        // Whoever ended it may have died before its successors were sent.
        TaskStatus::Rejected | TaskStatus::Failed | TaskStatus::Cancelled => {
            let order = desk.order(task.value.order_id()).await?;
            desk.send_planned(&order.value, &message.request_id).await?;
            return Ok(Outcome::Done);
        }
        TaskStatus::Submitted | TaskStatus::InProgress | TaskStatus::Overdue | TaskStatus::Completed => {
            return Ok(Outcome::Done);
        }
    }
    let order = desk.order(task.value.order_id()).await?;
    let (_, supplier) = desk.supplier(task.value.supplier_id()).await?;
    let in_doubt = task.value.in_doubt();
    task.value.begin_submission(now + SUBMISSION_LEASE)?;
    let Some(task) = desk.save(task).await? else {
        return Err(DeskError::Contended(message.task_id.to_string()).into());
    };
    telemetry::crash::point("dispatch-task.after-begin", task.value.order_id());
    let request = PlacementRequest::for_task(&task.value, order.value.shipping_address().clone());
    let attempt = attempt(supplier.as_ref(), &request, in_doubt).await;
    telemetry::crash::point("dispatch-task.after-place", task.value.order_id());
    finish(desk, supplier.as_ref(), task, attempt, &message.request_id).await
}

async fn attempt(supplier: &dyn Supplier, request: &PlacementRequest, in_doubt: bool) -> Attempt {
    if in_doubt && !supplier.places_idempotently() {
        match supplier.find_by_reference(&request.reference).await {
            Ok(Some(placement)) => return Attempt::Placed(placement),
            Ok(None) => {}
            Err(error) => return Attempt::Failed { in_doubt: true, reason: error.to_string() },
        }
    }
    // With a supplier that heeds the idempotency key a doubt outlives an attempt that placed nothing.
    let in_doubt = in_doubt && supplier.places_idempotently();
    match supplier.place(request).await {
        Ok(placement) => Attempt::Placed(placement),
        Err(PlaceError::Rejected { reason }) => Attempt::Rejected(reason),
        Err(error @ PlaceError::Uncertain { .. }) => {
            Attempt::Failed { in_doubt: true, reason: error.to_string() }
        }
        Err(error) => Attempt::Failed { in_doubt, reason: error.to_string() },
    }
}

async fn finish(
    desk: &Desk,
    supplier: &dyn Supplier,
    mut task: Versioned<Task>,
    attempt: Attempt,
    request_id: &str,
) -> Result<Outcome, WorkError> {
    let (in_doubt, reason) = match attempt {
        Attempt::Placed(placement) => return accept(desk, task, placement).await,
        Attempt::Rejected(reason) => {
            task.value.reject(reason)?;
            desk.conclude(&task, None, request_id).await?;
            return Ok(Outcome::Done);
        }
        Attempt::Failed { in_doubt, reason } => (in_doubt, reason),
    };
    let last = task.value.attempts() >= MAX_ATTEMPTS;
    if last && !in_doubt {
        task.value.fail(reason)?;
        desk.conclude(&task, None, request_id).await?;
        return Ok(Outcome::Done);
    }
    if last {
        // Nobody else may get it before we know that this supplier has not.
        match supplier.find_by_reference(&task.value.id()).await {
            Ok(Some(placement)) => return accept(desk, task, placement).await,
            Ok(None) => {
                task.value.fail(reason)?;
                desk.conclude(&task, None, request_id).await?;
                return Ok(Outcome::Done);
            }
            Err(error) => tracing::error!(%error, "cannot learn whether the supplier has the task"),
        }
    }
    task.value.end_attempt(in_doubt, reason.clone(), Timestamp::now())?;
    desk.save(task).await?;
    Err(reason.into())
}

async fn accept(desk: &Desk, mut task: Versioned<Task>, placement: Placement) -> Result<Outcome, WorkError> {
    let id = task.value.id();
    task.value.accept(placement.reference.to_string(), Timestamp::now())?;
    if desk.save(task).await?.is_none() {
        return Err(DeskError::Contended(id.to_string()).into());
    }
    telemetry::count(Metric::TasksSubmitted, 1);
    tracing::info!(supplier_reference = %placement.reference, "task placed");
    Ok(Outcome::Done)
}
