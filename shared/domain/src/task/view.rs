//! What others may read of a task.

use jiff::Timestamp;

use super::history::Attempt;
use super::item::TaskItem;
use super::status::TaskStatus;
use super::{MAX_REPLACEMENTS, Task};
use crate::budget::Reservation;
use crate::ids::{OrderId, SupplierId, TaskId};
use crate::money::{Currency, Money, MoneyError};
use crate::quantity::Quantity;
use crate::routing::Why;
use crate::sku::Sku;
use crate::trace::TraceId;

impl Task {
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

    /// The trace that it was planned in.
    #[must_use]
    pub fn trace_id(&self) -> Option<TraceId> {
        self.trace_id
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

    /// When the sweep looks after it: then, or once the message that it sent again has had its time.
    #[must_use]
    pub fn swept_at(&self) -> Timestamp {
        self.sent_again_until.map_or(self.attention_at, |until| until.max(self.attention_at))
    }

    /// When the supplier took it.
    #[must_use]
    pub fn placed_at(&self) -> Option<Timestamp> {
        self.placed_at
    }

    /// When it became final.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.ended_at
    }

    /// Before when the supplier must not be called to place it.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        self.not_before
    }

    /// When the supplier is to be asked about it; none while it is not placed, and once it is final.
    #[must_use]
    pub fn next_poll_at(&self) -> Option<Timestamp> {
        self.next_poll_at
    }

    /// Whether the supplier is to be asked about it now.
    #[must_use]
    pub fn is_due_for_poll(&self, now: Timestamp) -> bool {
        let placed =
            matches!(self.status, TaskStatus::Submitted | TaskStatus::InProgress | TaskStatus::Overdue);
        // Tasks that were placed before these times were kept have neither.
        placed && self.next_poll_at.map_or(self.placed_at.is_none(), |at| at <= now)
    }

    /// Why this supplier has it, for each SKU.
    #[must_use]
    pub fn why(&self) -> &[Why] {
        &self.why
    }

    /// How many seconds the supplier needs from order to shipment.
    #[must_use]
    pub fn lead_time_seconds(&self) -> u32 {
        self.lead_time_seconds
    }

    /// What happened to it, the oldest first; at most the last [`MAX_HISTORY`](super::MAX_HISTORY) entries.
    #[must_use]
    pub fn history(&self) -> &[Attempt] {
        &self.history
    }

    /// The supplier's word for where it stands, while that has no meaning here.
    #[must_use]
    pub fn unknown_state(&self) -> Option<&str> {
        self.unknown_state.as_deref()
    }

    /// The money that is kept for it.
    #[must_use]
    pub fn reserved(&self) -> Option<Reservation> {
        self.reserved
    }

    /// What the supplier charges for all of it, if it said so.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        self.cost
    }

    /// What the offers say that all of it costs: what is to be reserved. Nothing in `currency` where it has no items.
    pub fn expected_cost(&self, currency: Currency) -> Result<Money, MoneyError> {
        let currency = self.items.first().map_or(currency, |item| item.unit_cost.currency());
        self.items
            .iter()
            .try_fold(Money::zero(currency), |sum, item| sum.plus(item.unit_cost.times(item.quantity)?))
    }

    /// How often others were to send these items before.
    #[must_use]
    pub fn replacements(&self) -> u32 {
        self.replacements
    }

    /// Whether what it does not send may be given to another supplier without asking a person.
    #[must_use]
    pub fn may_be_replaced(&self) -> bool {
        self.replacements < MAX_REPLACEMENTS
    }

    /// The pieces that were ordered but not sent, once the task is final.
    #[must_use]
    pub fn shortfall(&self) -> Vec<(Sku, Quantity)> {
        let missing = |item: &TaskItem| item.missing().map(|pieces| (item.sku.clone(), pieces));
        self.items.iter().filter_map(missing).collect()
    }
}
