//! What suppliers say of their tasks, however it comes to us: as the answer to a question or of their own accord.
//!
//! Reports may come twice, late and out of order. A task that is final takes none, and a report that takes a task back to
//! where it was says nothing new.

use domain::{SupplierId, Task, TaskStatus};
use jiff::Timestamp;
use store::Versioned;
use store::health::{HealthEntry, HealthKind};
use suppliers::{StatusReport, TaskProgress};

use crate::MAX_TRIES;
use crate::conclude::{Concluded, Ending, shipment};
use crate::desk::{Desk, DeskError};
use crate::traced::for_task;

/// What became of the reports of one message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// Reports of tasks that we know; those that said nothing new are among them.
    pub taken: usize,
    /// Reports of orders that are no tasks of ours, or not yet: the next round of questions finds those.
    pub unknown: usize,
}

impl Desk {
    /// Takes what a supplier says of its own accord. `source` begins the id of the request in the order's events.
    pub async fn receive(
        &self,
        supplier_id: SupplierId,
        reports: Vec<StatusReport>,
        source: &str,
    ) -> Result<Received, DeskError> {
        let record = self.database.supplier(supplier_id).await?;
        let record = record.ok_or_else(|| DeskError::Missing(supplier_id.to_string()))?;
        let name = &record.value.supplier.name;
        let mut received = Received::default();
        for report in reports {
            if self.receive_one(supplier_id, name, &report, source).await? {
                received.taken += 1;
            } else {
                tracing::warn!(%supplier_id, reference = %report.reference, "a report of no task of ours");
                received.unknown += 1;
            }
        }
        Ok(received)
    }

    /// Takes one report, and says whether its task is known. What others write meanwhile is read again: nobody repeats
    /// the report soon.
    async fn receive_one(
        &self,
        supplier_id: SupplierId,
        supplier: &str,
        report: &StatusReport,
        source: &str,
    ) -> Result<bool, DeskError> {
        for _ in 0..MAX_TRIES {
            let reference = report.reference.as_str();
            let Some(task) = self.database.task_by_reference(supplier_id, reference).await? else {
                return Ok(false);
            };
            if for_task(&task.value.clone(), self.take_report(supplier, task, report.clone(), source)).await?
            {
                return Ok(true);
            }
        }
        Err(DeskError::Contended(report.reference.to_string()))
    }

    /// Brings a task up to date with what its supplier says. False where somebody else changed the task since it was read.
    pub async fn take_report(
        &self,
        supplier: &str,
        mut task: Versioned<Task>,
        report: StatusReport,
        source: &str,
    ) -> Result<bool, DeskError> {
        if task.value.status().is_final() {
            return Ok(true);
        }
        let now = Timestamp::now();
        let mut ending = Ending { charge: report.cost, ..Ending::default() };
        match &report.progress {
            TaskProgress::Accepted => return self.ask_later(task, None, now).await,
            TaskProgress::InProgress => {
                if task.value.status() == TaskStatus::Submitted {
                    task.value.start()?;
                }
                return self.ask_later(task, None, now).await;
            }
            TaskProgress::Unknown(state) => return self.ask_later(task, Some(state), now).await,
            TaskProgress::Completed => {
                task.value.complete(&report.delivered(task.value.items()), now)?;
                let StatusReport { carrier, tracking_number, .. } = report;
                ending.shipment = shipment(&task.value, supplier, carrier, tracking_number, now);
            }
            TaskProgress::Rejected => {
                task.value.reject(report.reason.as_deref().unwrap_or("the supplier refused"), now)?;
            }
            TaskProgress::Cancelled => {
                let reason = report.reason.or_else(|| task.value.reason().map(str::to_owned));
                task.value.cancel(reason.as_deref().unwrap_or("the supplier cancelled"), now)?;
            }
        }
        let request_id = format!("{source}-{}", task.value.id());
        Ok(self.conclude(task, ending, &request_id).await? == Concluded::Written)
    }

    /// Stores that the supplier was heard of a task, and what it said that has no meaning here.
    pub(crate) async fn ask_later(
        &self,
        mut task: Versioned<Task>,
        unknown_state: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, DeskError> {
        let before = task.value.unknown_state().map(str::to_owned);
        task.value.polled(unknown_state, now);
        let (task_id, supplier_id) = (task.value.id(), task.value.supplier_id());
        let news =
            task.value.unknown_state().filter(|state| before.as_deref() != Some(state)).map(str::to_owned);
        if self.save(task).await?.is_none() {
            return Ok(false);
        }
        if let Some(state) = news {
            tracing::warn!(%task_id, state, "the supplier reports a state that has no meaning here");
            let entry = HealthEntry::new(HealthKind::UnknownState, format!("task {task_id}: {state}"), now);
            self.database.log_health(supplier_id, &entry).await?;
        }
        Ok(true)
    }
}
