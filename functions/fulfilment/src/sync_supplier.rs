//! Sync queue: asks a supplier about all its open tasks and writes down what has become of them.

use std::collections::HashMap;

use domain::{Task, TaskStatus};
use events::{Outcome, SyncMessage, WorkError};
use jiff::Timestamp;
use store::Versioned;
use suppliers::{StatusReport, SupplierReference, TaskProgress};

use crate::desk::{Desk, DeskError, shipment};

/// Handles one supplier.
pub async fn handle(desk: &Desk, message: SyncMessage) -> Result<Outcome, WorkError> {
    let supplier_id = message.supplier_id;
    let (name, supplier) = desk.supplier(supplier_id).await?;
    let mut placed: HashMap<SupplierReference, Versioned<Task>> = HashMap::new();
    for task in desk.database.active_tasks(supplier_id, None).await? {
        if let Some(reference) = task.value.supplier_reference() {
            placed.insert(SupplierReference::parse(reference)?, task);
        }
    }
    if placed.is_empty() {
        return Ok(Outcome::Done);
    }
    let references: Vec<_> = placed.keys().cloned().collect();
    let reports = match supplier.statuses(&references).await {
        Ok(reports) => reports,
        // The next tick asks again: more tries of this message would only press a supplier that is down.
        Err(error) => {
            tracing::error!(%supplier_id, %error, "the supplier cannot be asked");
            return Ok(Outcome::Done);
        }
    };
    tracing::info!(%supplier_id, asked = references.len(), answered = reports.len(), "supplier asked");
    let mut failure = None;
    for report in reports {
        let Some(task) = placed.remove(&report.reference) else { continue };
        let task_id = task.value.id();
        // One task's failure must not hold up the others.
        if let Err(error) = update(desk, &name, task, report).await {
            tracing::error!(%task_id, %error, "task cannot be brought up to date");
            failure = Some(error);
        }
    }
    for (reference, task) in placed {
        tracing::warn!(task_id = %task.value.id(), %reference, "the supplier does not know this task");
    }
    failure.map_or(Ok(Outcome::Done), |error| Err(error.into()))
}

async fn update(
    desk: &Desk,
    supplier: &str,
    mut task: Versioned<Task>,
    report: StatusReport,
) -> Result<(), DeskError> {
    let now = Timestamp::now();
    let request_id = format!("sync-{}", task.value.id());
    match &report.progress {
        TaskProgress::Accepted => Ok(()),
        TaskProgress::InProgress => {
            if task.value.status() == TaskStatus::Submitted {
                task.value.start()?;
                desk.save(task).await?;
            }
            Ok(())
        }
        TaskProgress::Completed => {
            task.value.complete(&report.delivered(task.value.items()))?;
            let sent = shipment(&task.value, supplier, report.carrier, report.tracking_number, now);
            desk.conclude(&task, sent, &request_id).await
        }
        TaskProgress::Rejected => {
            task.value.reject(report.reason.unwrap_or_else(|| "the supplier refused".into()))?;
            desk.conclude(&task, None, &request_id).await
        }
        TaskProgress::Cancelled => {
            let reason = task.value.reason().unwrap_or("the supplier cancelled").to_owned();
            task.value.cancel(reason)?;
            desk.conclude(&task, None, &request_id).await
        }
        TaskProgress::Unknown(state) => {
            tracing::warn!(task_id = %task.value.id(), state, "the supplier reports a state that has no meaning here");
            Ok(())
        }
    }
}
