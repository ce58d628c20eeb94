//! Calling a paid order off, and paying back what was not sent.
//!
//! 1. [`Order::cancel`]: no more goods are wanted. Tasks that are still open are called off; what they send all the same is
//!    sent.
//! 2. When no task is open, [`Order::begin_refund`] writes down what is to be paid back, before the provider is asked.
//! 3. [`Order::settle_refund`] or [`Order::decline_refund`] writes down what the provider said. One that was declined may be
//!    begun anew, or [`Order::settle_refund_outside`] writes down how a person paid it back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Order, OrderError, OrderStatus};
use crate::ids::RefundId;
use crate::money::{Money, MoneyError};
use crate::payment::{PaymentStatus, Refund, RefundStatus};
use crate::quantity::Quantity;
use crate::sku::Sku;

/// How an order was called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancellation {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// What is, or was to be, paid back; none before it is known what was sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refund: Option<Refund>,
}

impl Order {
    /// Calls the order off: from now on its goods are not wanted.
    pub fn cancel(&mut self, reason: String, now: Timestamp) -> Result<(), OrderError> {
        self.become_(OrderStatus::Cancelled)?;
        self.attention = None;
        self.unassigned = BTreeMap::new();
        self.cancellation = Some(Cancellation { reason, at: now, refund: None });
        Ok(())
    }

    /// Whether all that is left to do is to pay back what was not sent.
    #[must_use]
    pub fn awaits_refund(&self) -> bool {
        self.status == OrderStatus::Cancelled && self.open_tasks.is_empty()
    }

    /// The refund about which the provider was asked, or is about to be.
    #[must_use]
    pub fn refund_in_progress(&self) -> Option<&Refund> {
        let refund = self.cancellation.as_ref().and_then(|cancellation| cancellation.refund.as_ref());
        refund.filter(|refund| refund.status == RefundStatus::Processing)
    }

    /// What the pieces cost that were not sent, where these were: all that was paid where none were. Never more than was
    /// paid.
    pub fn unsent_value(&self, sent: &BTreeMap<Sku, Quantity>) -> Result<Money, MoneyError> {
        if sent.is_empty() {
            return Ok(self.totals.total);
        }
        let mut sent: BTreeMap<&Sku, u32> = sent.iter().map(|(sku, pieces)| (sku, pieces.get())).collect();
        let mut value = Money::zero(self.totals.total.currency());
        for line in &self.lines {
            let left = sent.entry(&line.sku).or_default();
            let of_line = (*left).min(line.quantity.get());
            *left -= of_line;
            if let Ok(unsent) = Quantity::parse(i64::from(line.quantity.get() - of_line)) {
                value = value.plus(line.unit_price.times(unsent)?)?;
            }
        }
        Ok(Money::new(value.amount().min(self.totals.total.amount()), value.currency()))
    }

    /// Begins to pay back what was not sent, where these pieces were. Where all of them were, nothing is paid back and the
    /// order is fulfilled after all.
    pub fn begin_refund(
        &mut self,
        id: RefundId,
        sent: &BTreeMap<Sku, Quantity>,
        now: Timestamp,
    ) -> Result<(), OrderError> {
        self.check(OrderStatus::Refunded)?;
        if !self.open_tasks.is_empty() {
            return Err(OrderError::TasksOpen);
        }
        if self.refund_in_progress().is_some() {
            return Err(OrderError::RefundInProgress);
        }
        let amount = self.unsent_value(sent)?;
        let payment = self.payment.as_ref().filter(|payment| payment.status == PaymentStatus::Captured);
        let payment_id = payment.ok_or(OrderError::NotPaid)?.id;
        if amount.amount() == 0 {
            return self.become_(OrderStatus::Fulfilled);
        }
        self.attention = None;
        let refund = Refund {
            id,
            payment_id,
            amount,
            status: RefundStatus::Processing,
            decline_reason: None,
            paid_outside: None,
            created_at: now,
        };
        if let Some(cancellation) = &mut self.cancellation {
            cancellation.refund = Some(refund);
        }
        Ok(())
    }

    /// Settles the refund under way: the money is the customer's again.
    pub fn settle_refund(&mut self) -> Result<(), OrderError> {
        self.end_refund(RefundStatus::Refunded, None)?;
        self.become_(OrderStatus::Refunded)
    }

    /// Settles the refund under way: the provider will not pay back, so that a person must. Another may be tried.
    pub fn decline_refund(&mut self, reason: String) -> Result<(), OrderError> {
        self.end_refund(RefundStatus::Declined, Some(reason.clone()))?;
        self.attention = Some(format!("the refund was declined: {reason}"));
        Ok(())
    }

    /// Whether a refund was declined and none was begun since: it may be tried again, or paid back by a person.
    #[must_use]
    pub fn refund_declined(&self) -> bool {
        let refund = self.cancellation.as_ref().and_then(|cancellation| cancellation.refund.as_ref());
        self.awaits_refund() && refund.is_some_and(|refund| refund.status == RefundStatus::Declined)
    }

    /// Settles a refund that the provider declined: a person paid it back in another way, which `note` tells.
    pub fn settle_refund_outside(&mut self, note: String) -> Result<(), OrderError> {
        if !self.refund_declined() {
            return Err(OrderError::NoRefundDeclined);
        }
        if let Some(refund) = self.cancellation.as_mut().and_then(|cancellation| cancellation.refund.as_mut())
        {
            refund.status = RefundStatus::Refunded;
            refund.paid_outside = Some(note);
        }
        self.attention = None;
        self.become_(OrderStatus::Refunded)
    }

    fn end_refund(&mut self, status: RefundStatus, decline_reason: Option<String>) -> Result<(), OrderError> {
        let refund = self.cancellation.as_mut().and_then(|cancellation| cancellation.refund.as_mut());
        let refund = refund.filter(|refund| refund.status == RefundStatus::Processing);
        let refund = refund.ok_or(OrderError::NoRefundInProgress)?;
        refund.status = status;
        refund.decline_reason = decline_reason;
        Ok(())
    }
}
