//! Bringing an order that was called off to its end: suppliers let go of its tasks, what was not sent goes back on the
//! shelf, and is paid back.
//!
//! Each step is written down before the next, and each may be done again: whoever calls an order off goes as far as they
//! come, and the sweep goes on from there. The refund is written down with its id before the provider is asked, so that a
//! customer is paid back once, whatever dies.

mod refund;

use std::time::{Duration, Instant};

use domain::{Order, OrderId, OrderStatus, Task, TaskId, TaskStatus};
use jiff::Timestamp;
use store::Versioned;
use store::rate::Line;
use suppliers::{CancelOutcome, SupplierReference};
use telemetry::crash;

pub use refund::sent;

use crate::conclude::Ending;
use crate::desk::{Desk, DeskError};
use crate::gate::Gate;

/// What a task is told that is called off with its order.
const REASON: &str = "the order was called off";

impl Desk {
    /// Goes on with an order that was called off, as far as it is possible now; after `patience` no further supplier is
    /// asked. Says nothing new of any other order, nor of one whose refund was declined: that is a person's to try again.
    pub async fn go_on_calling_off(
        &self,
        id: OrderId,
        patience: Duration,
        request_id: &str,
    ) -> Result<(), DeskError> {
        let order = self.order(id).await?;
        if order.value.status() != OrderStatus::Cancelled || order.value.attention().is_some() {
            return Ok(());
        }
        let called_off = self.call_off_tasks(&order.value, patience, request_id).await;
        self.pay_back(id, None, request_id).await?;
        called_off
    }

    /// Calls off what suppliers have not sent. One task's failure does not hold up the others.
    async fn call_off_tasks(
        &self,
        order: &Order,
        patience: Duration,
        request_id: &str,
    ) -> Result<(), DeskError> {
        let began = Instant::now();
        let mut failure = None;
        for id in order.open_tasks() {
            if began.elapsed() >= patience {
                break;
            }
            if let Err(error) = self.call_off(*id, request_id).await {
                tracing::error!(task_id = %id, %error, "task cannot be called off");
                failure = Some(error);
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn call_off(&self, id: TaskId, request_id: &str) -> Result<(), DeskError> {
        let task = self.task(id).await?;
        match task.value.status() {
            TaskStatus::Planned => self.give_up(task, REASON, false, request_id).await.map(|_| ()),
            TaskStatus::Submitted | TaskStatus::InProgress => self.ask_to_let_go(task, request_id).await,
            // Whoever places one finds out whether the supplier has it, and gives it up where it has not; one that is overdue
            // is called off by the sweep already; and the others are done.
            TaskStatus::Submitting
            | TaskStatus::Overdue
            | TaskStatus::Completed
            | TaskStatus::Rejected
            | TaskStatus::Cancelled
            | TaskStatus::Failed => Ok(()),
        }
    }

    /// Asks a supplier to let go of a task. Where it does not, or may not be called now, the task stays as it is: the sweep
    /// asks again, and the supplier's next report tells what came of it.
    async fn ask_to_let_go(&self, mut task: Versioned<Task>, request_id: &str) -> Result<(), DeskError> {
        let (task_id, order_id) = (task.value.id(), task.value.order_id());
        let Some(Ok(reference)) = task.value.supplier_reference().map(SupplierReference::parse) else {
            return Err(DeskError::Missing(format!("supplier reference of {task_id}")));
        };
        let connection = self.connect(task.value.supplier_id()).await?;
        let mut pass = match self.admit(&connection, Line::Asking, None, &order_id.to_string()).await? {
            Gate::Open(pass) => pass,
            Gate::Closed(closed) => {
                tracing::warn!(%task_id, reason = closed.reason, "the supplier cannot be asked to call it off");
                return Ok(());
            }
        };
        let outcome = pass.call(connection.api.cancel(&reference)).await;
        pass.end(self).await;
        crash::point("calling-off.after-cancel", order_id);
        match outcome {
            Ok(CancelOutcome::Cancelled | CancelOutcome::NotFound) => {
                task.value.cancel(REASON, Timestamp::now())?;
                self.conclude(task, Ending::default(), request_id).await?;
            }
            Ok(outcome) => tracing::warn!(%task_id, ?outcome, "the supplier has not let go of it"),
            Err(error) => tracing::warn!(%task_id, %error, "the supplier has not let go of it"),
        }
        Ok(())
    }
}
