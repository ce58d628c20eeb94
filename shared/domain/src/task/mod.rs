//! Tasks: the part of an order that one supplier does.
//!
//! ```text
//! planned ──▶ submitting ──▶ submitted ──▶ inProgress ──▶ completed
//!    │            │              │              │
//!    │            │              ├──────────────┴──▶ overdue ──▶ cancelled (or, after all, completed)
//!    │            │              │              │
//!    └────────────┴──────────────┴──────────────┴──▶ rejected, failed
//! ```

mod history;
mod item;
mod status;
mod view;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use history::{Attempt, AttemptOutcome, MAX_HISTORY};
pub use item::{NewTask, TaskItem};
pub use status::TaskStatus;

use crate::budget::Reservation;
use crate::ids::{OrderId, SupplierId, TaskId};
use crate::money::Money;
use crate::polling;
use crate::routing::Why;
use crate::sku::Sku;
use crate::trace::TraceId;

/// How often the same pieces are given to another supplier before a person must decide.
pub const MAX_REPLACEMENTS: u32 = 5;

/// The most characters of a reason and of a state that are kept; what a supplier says may be long.
pub const MAX_REASON: usize = 500;

/// When a task of people without a lead time is due: beyond the life of any order.
pub const NEVER_DUE: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

/// Why a task cannot do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the task is {from} and cannot become {to}")]
pub struct TaskError {
    /// Where the task stands.
    pub from: TaskStatus,
    /// Where it was to go.
    pub to: TaskStatus,
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
    replacements: u32,
    why: Vec<Why>,
    status: TaskStatus,
    attempts: u32,
    in_doubt: bool,
    lead_time_seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    supplier_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    unknown_state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reserved: Option<Reservation>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cost: Option<Money>,
    history: Vec<Attempt>,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    placed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ended_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    not_before: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    next_poll_at: Option<Timestamp>,
    attention_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sent_again_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    trace_id: Option<TraceId>,
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
            replacements: new.replacements,
            why: new.why,
            status: TaskStatus::Planned,
            attempts: 0,
            in_doubt: false,
            lead_time_seconds: new.lead_time_seconds,
            supplier_reference: None,
            reason: None,
            unknown_state: None,
            reserved: None,
            cost: None,
            history: Vec::new(),
            created_at: now,
            placed_at: None,
            ended_at: None,
            not_before: new.not_before,
            next_poll_at: None,
            attention_at: new.attention_at,
            sent_again_until: None,
            trace_id: None,
        }
    }

    /// Keeps the trace that the task was planned in: all that becomes of it belongs there, whoever does it.
    #[must_use]
    pub fn with_trace(self, trace_id: Option<TraceId>) -> Self {
        Self { trace_id, ..self }
    }

    /// Puts off the first or next attempt because the supplier cannot be called now. The task stays as it is, doubt
    /// included, and wants to be looked after at `until`.
    pub fn postpone(&mut self, until: Timestamp, reason: &str, now: Timestamp) -> Result<(), TaskError> {
        if !matches!(self.status, TaskStatus::Planned | TaskStatus::Submitting) {
            return Err(TaskError { from: self.status, to: TaskStatus::Planned });
        }
        self.not_before = Some(until);
        self.look_after(until);
        self.note(AttemptOutcome::Postponed, Some(reason), now);
        Ok(())
    }

    /// A message about a task that waits to be placed was sent again; unless something happens to it, the next one may be
    /// sent at `until`. When it is due, and who may take an attempt for dead, stays as it is.
    pub fn sent_again(&mut self, until: Timestamp) {
        self.sent_again_until = Some(until);
    }

    /// Begins an attempt to place the task; `attention_at` is when somebody else may take the attempt for dead. From now
    /// on, until the attempt has ended well or badly, the supplier may have the task.
    pub fn begin_submission(&mut self, attention_at: Timestamp) -> Result<(), TaskError> {
        self.become_(TaskStatus::Submitting)?;
        self.attempts += 1;
        self.in_doubt = true;
        self.not_before = None;
        self.look_after(attention_at);
        Ok(())
    }

    /// Ends an attempt that did not place the task for all we know; the next may begin at `retry_at`. `in_doubt` says
    /// whether the supplier may have it all the same.
    pub fn end_attempt(
        &mut self,
        in_doubt: bool,
        reason: &str,
        retry_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), TaskError> {
        let outcome = if in_doubt { AttemptOutcome::InDoubt } else { AttemptOutcome::NotPlaced };
        self.end(TaskStatus::Submitting, outcome, reason, now)?;
        self.in_doubt = in_doubt;
        self.not_before = Some(retry_at);
        self.look_after(retry_at);
        Ok(())
    }

    /// The supplier took the task; it is due when the supplier's lead time is over, and may be asked about at once.
    pub fn accept(&mut self, supplier_reference: String, now: Timestamp) -> Result<(), TaskError> {
        self.become_(TaskStatus::Submitted)?;
        self.supplier_reference = Some(supplier_reference);
        self.in_doubt = false;
        self.reason = None;
        self.not_before = None;
        self.placed_at = Some(now);
        self.next_poll_at = Some(now);
        self.look_after(now + SignedDuration::from_secs(i64::from(self.lead_time_seconds)));
        self.note(AttemptOutcome::Placed, None, now);
        Ok(())
    }

    /// People took the task: there is nobody to be asked about it, and without a lead time it is never due.
    pub fn accept_by_hand(&mut self, reference: String, now: Timestamp) -> Result<(), TaskError> {
        self.accept(reference, now)?;
        self.next_poll_at = None;
        if self.lead_time_seconds == 0 {
            self.look_after(now + NEVER_DUE);
        }
        Ok(())
    }

    /// The supplier began to work on it.
    pub fn start(&mut self) -> Result<(), TaskError> {
        self.become_(TaskStatus::InProgress)
    }

    /// The supplier was asked about the task: says when to ask again. A state that has no meaning here is kept until the
    /// supplier reports one that has.
    pub fn polled(&mut self, unknown_state: Option<&str>, now: Timestamp) {
        let age = now.duration_since(self.placed_at.unwrap_or(self.created_at));
        self.next_poll_at = Some(now + polling::interval(age));
        self.unknown_state = unknown_state.map(shortened);
    }

    /// The supplier sent the goods: `delivered` tells how many pieces of each SKU, never more than were ordered. A SKU
    /// that is not named was sent whole.
    pub fn complete(&mut self, delivered: &[(Sku, u32)], now: Timestamp) -> Result<(), TaskError> {
        self.become_(TaskStatus::Completed)?;
        for item in &mut self.items {
            let named = delivered.iter().find(|(sku, _)| *sku == item.sku);
            item.delivered =
                named.map_or(item.quantity.get(), |(_, pieces)| (*pieces).min(item.quantity.get()));
        }
        self.note(AttemptOutcome::Completed, None, now);
        self.ended(now);
        Ok(())
    }

    /// The supplier will not do it.
    pub fn reject(&mut self, reason: &str, now: Timestamp) -> Result<(), TaskError> {
        self.end(TaskStatus::Rejected, AttemptOutcome::Rejected, reason, now)
    }

    /// It took too long; until it is cancelled, look after it again at `attention_at`.
    pub fn mark_overdue(
        &mut self,
        reason: &str,
        attention_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), TaskError> {
        self.end(TaskStatus::Overdue, AttemptOutcome::Overdue, reason, now)?;
        self.look_after(attention_at);
        Ok(())
    }

    /// The supplier no longer has it.
    pub fn cancel(&mut self, reason: &str, now: Timestamp) -> Result<(), TaskError> {
        self.end(TaskStatus::Cancelled, AttemptOutcome::Cancelled, reason, now)
    }

    /// It is given up, and the supplier is known not to have it.
    pub fn fail(&mut self, reason: &str, now: Timestamp) -> Result<(), TaskError> {
        self.end(TaskStatus::Failed, AttemptOutcome::Failed, reason, now)
    }

    /// Keeps money for it.
    pub fn reserve(&mut self, reservation: Reservation) {
        self.reserved = Some(reservation);
    }

    /// Takes the reservation off the task, to settle or release it in the same transaction.
    #[must_use = "what was taken must be settled or released"]
    pub fn take_reservation(&mut self) -> Option<Reservation> {
        self.reserved.take()
    }

    /// What the supplier charges for all of it.
    pub fn charge(&mut self, cost: Money) {
        self.cost = Some(cost);
    }

    fn end(
        &mut self,
        status: TaskStatus,
        outcome: AttemptOutcome,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), TaskError> {
        self.become_(status)?;
        self.reason = Some(shortened(reason));
        self.note(outcome, Some(reason), now);
        if status.is_final() {
            self.ended(now);
        }
        Ok(())
    }

    fn ended(&mut self, now: Timestamp) {
        self.ended_at = Some(now);
        self.in_doubt = false;
        self.not_before = None;
        self.next_poll_at = None;
        self.unknown_state = None;
    }

    fn note(&mut self, outcome: AttemptOutcome, reason: Option<&str>, now: Timestamp) {
        history::note(&mut self.history, Attempt { at: now, outcome, reason: reason.map(shortened) });
    }

    /// Sets when to look after it; whatever has happened, a message about it may be sent again then.
    fn look_after(&mut self, at: Timestamp) {
        self.attention_at = at;
        self.sent_again_until = None;
    }

    fn become_(&mut self, to: TaskStatus) -> Result<(), TaskError> {
        if !self.status.may_become(to) {
            return Err(TaskError { from: self.status, to });
        }
        self.status = to;
        Ok(())
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_REASON).collect()
}
