//! Tasks: the part of an order that one supplier does.
//!
//! ```text
//! planned ──▶ submitting ──▶ submitted ──▶ inProgress ──▶ completed
//!    │            │              │              │
//!    │            │              ├──────────────┴──▶ overdue ──▶ cancelled (or, after all, completed)
//!    │            │              │              │
//!    └────────────┴──────────────┴──────────────┴──▶ rejected, failed
//! ```

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{OrderId, SupplierId, TaskId};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::sku::Sku;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TaskStatus {
    /// It waits to be placed.
    Planned,
    /// It is being placed; the supplier may have it without our knowing.
    Submitting,
    /// The supplier took it.
    Submitted,
    /// The supplier works on it.
    InProgress,
    /// It took too long: it is being cancelled.
    Overdue,
    /// The supplier sent the goods, all or a part. Final.
    Completed,
    /// The supplier will not do it. Final.
    Rejected,
    /// It was cancelled at the supplier. Final.
    Cancelled,
    /// It could not be placed. Final.
    Failed,
}

impl TaskStatus {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Planned,
        Self::Submitting,
        Self::Submitted,
        Self::InProgress,
        Self::Overdue,
        Self::Completed,
        Self::Rejected,
        Self::Cancelled,
        Self::Failed,
    ];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Submitting => "submitting",
            Self::Submitted => "submitted",
            Self::InProgress => "inProgress",
            Self::Overdue => "overdue",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more will happen to the task.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected | Self::Cancelled | Self::Failed)
    }

    /// Whether a task may go from this status to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match next {
            Self::Planned => false,
            Self::Submitting => matches!(self, Self::Planned | Self::Submitting),
            Self::Submitted => self == Self::Submitting,
            Self::InProgress => self == Self::Submitted,
            Self::Overdue | Self::Cancelled => {
                matches!(self, Self::Submitted | Self::InProgress | Self::Overdue)
            }
            Self::Completed | Self::Rejected => {
                matches!(self, Self::Submitting | Self::Submitted | Self::InProgress | Self::Overdue)
            }
            Self::Failed => matches!(self, Self::Planned | Self::Submitting),
        }
    }
}

impl fmt::Display for TaskStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One SKU of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskItem {
    /// Our SKU.
    pub sku: Sku,
    /// The supplier's own code for it.
    pub code: String,
    /// How many pieces the supplier is to send.
    pub quantity: Quantity,
    /// What the supplier charges us for one piece.
    pub unit_cost: Money,
    /// How many pieces the supplier sent; known once the task is completed.
    pub delivered: u32,
}

/// Why a task cannot do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the task is {from} and cannot become {to}")]
pub struct TaskError {
    /// Where the task stands.
    pub from: TaskStatus,
    /// Where it was to go.
    pub to: TaskStatus,
}

/// What a new task is made of.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// The order it is a part of.
    pub order_id: OrderId,
    /// Who is to do it.
    pub supplier_id: SupplierId,
    /// What is to be sent.
    pub items: Vec<TaskItem>,
    /// The suppliers that are out of question for these items because they had them before.
    pub tried: Vec<SupplierId>,
    /// How many seconds the supplier needs from order to shipment.
    pub lead_time_seconds: u32,
    /// When to look after it if nothing happens.
    pub attention_at: Timestamp,
}

/// The part of an order that one supplier does. Its status changes only through its methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    id: TaskId,
    order_id: OrderId,
    supplier_id: SupplierId,
    items: Vec<TaskItem>,
    tried: Vec<SupplierId>,
    status: TaskStatus,
    attempts: u32,
    in_doubt: bool,
    lead_time_seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    supplier_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reason: Option<String>,
    created_at: Timestamp,
    attention_at: Timestamp,
}

impl Task {
    /// A task that waits to be placed.
    #[must_use]
    pub fn plan(new: NewTask, now: Timestamp) -> Self {
        Self {
            id: TaskId::generate(),
            order_id: new.order_id,
            supplier_id: new.supplier_id,
            items: new.items,
            tried: new.tried,
            status: TaskStatus::Planned,
            attempts: 0,
            in_doubt: false,
            lead_time_seconds: new.lead_time_seconds,
            supplier_reference: None,
            reason: None,
            created_at: now,
            attention_at: new.attention_at,
        }
    }

    /// The task's id: its reference and idempotency key at the supplier.
    #[must_use]
    pub fn id(&self) -> TaskId {
        self.id
    }

    /// The order it is a part of.
    #[must_use]
    pub fn order_id(&self) -> OrderId {
        self.order_id
    }

    /// Who is to do it.
    #[must_use]
    pub fn supplier_id(&self) -> SupplierId {
        self.supplier_id
    }

    /// What is to be sent.
    #[must_use]
    pub fn items(&self) -> &[TaskItem] {
        &self.items
    }

    /// The suppliers that had these items before, and the one that has them now.
    pub fn tried(&self) -> impl Iterator<Item = SupplierId> {
        self.tried.iter().copied().chain([self.supplier_id])
    }

    /// Where the task stands.
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        self.status
    }

    /// How often it was tried to place it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the supplier may have it although we do not know.
    #[must_use]
    pub fn in_doubt(&self) -> bool {
        self.in_doubt
    }

    /// The supplier's name for it, once the supplier has it.
    #[must_use]
    pub fn supplier_reference(&self) -> Option<&str> {
        self.supplier_reference.as_deref()
    }

    /// Why it went wrong.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// When it was planned.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When to look after it if nothing happens until then.
    #[must_use]
    pub fn attention_at(&self) -> Timestamp {
        self.attention_at
    }

    /// The pieces that were ordered but not sent, once the task is final.
    #[must_use]
    pub fn shortfall(&self) -> Vec<(Sku, Quantity)> {
        let missing = |item: &TaskItem| {
            let pieces = i64::from(item.quantity.get()) - i64::from(item.delivered);
            Quantity::parse(pieces).ok().map(|pieces| (item.sku.clone(), pieces))
        };
        self.items.iter().filter_map(missing).collect()
    }

    /// Begins an attempt to place the task; `attention_at` is when somebody else may take the attempt for dead. From now
    /// on, until the attempt has ended well or badly, the supplier may have the task.
    pub fn begin_submission(&mut self, attention_at: Timestamp) -> Result<(), TaskError> {
        self.become_(TaskStatus::Submitting)?;
        self.attempts += 1;
        self.in_doubt = true;
        self.attention_at = attention_at;
        Ok(())
    }

    /// Ends an attempt that did not place the task for all we know; another may begin at once. `in_doubt` says whether the
    /// supplier may have it all the same.
    pub fn end_attempt(&mut self, in_doubt: bool, reason: String, now: Timestamp) -> Result<(), TaskError> {
        self.end(TaskStatus::Submitting, reason)?;
        self.in_doubt = in_doubt;
        self.attention_at = now;
        Ok(())
    }

    /// The supplier took the task; it is due when the supplier's lead time is over.
    pub fn accept(&mut self, supplier_reference: String, now: Timestamp) -> Result<(), TaskError> {
        self.become_(TaskStatus::Submitted)?;
        self.supplier_reference = Some(supplier_reference);
        self.in_doubt = false;
        self.attention_at = now + SignedDuration::from_secs(i64::from(self.lead_time_seconds));
        Ok(())
    }

    /// The supplier began to work on it.
    pub fn start(&mut self) -> Result<(), TaskError> {
        self.become_(TaskStatus::InProgress)
    }

    /// The supplier sent the goods: `delivered` tells how many pieces of each SKU, never more than were ordered. A SKU
    /// that is not named was sent whole.
    pub fn complete(&mut self, delivered: &[(Sku, u32)]) -> Result<(), TaskError> {
        self.become_(TaskStatus::Completed)?;
        for item in &mut self.items {
            let named = delivered.iter().find(|(sku, _)| *sku == item.sku);
            item.delivered =
                named.map_or(item.quantity.get(), |(_, pieces)| (*pieces).min(item.quantity.get()));
        }
        Ok(())
    }

    /// The supplier will not do it.
    pub fn reject(&mut self, reason: String) -> Result<(), TaskError> {
        self.end(TaskStatus::Rejected, reason)
    }

    /// It took too long; until it is cancelled, look after it again at `attention_at`.
    pub fn mark_overdue(&mut self, reason: String, attention_at: Timestamp) -> Result<(), TaskError> {
        self.end(TaskStatus::Overdue, reason)?;
        self.attention_at = attention_at;
        Ok(())
    }

    /// The supplier no longer has it.
    pub fn cancel(&mut self, reason: String) -> Result<(), TaskError> {
        self.end(TaskStatus::Cancelled, reason)
    }

    /// It could not be placed, and the supplier is known not to have it.
    pub fn fail(&mut self, reason: String) -> Result<(), TaskError> {
        self.end(TaskStatus::Failed, reason)
    }

    fn end(&mut self, status: TaskStatus, reason: String) -> Result<(), TaskError> {
        self.become_(status)?;
        self.reason = Some(reason);
        Ok(())
    }

    fn become_(&mut self, to: TaskStatus) -> Result<(), TaskError> {
        if !self.status.may_become(to) {
            return Err(TaskError { from: self.status, to });
        }
        self.status = to;
        Ok(())
    }
}
