//! Paying an order, or not paying it in time.

use jiff::Timestamp;

use super::{Order, OrderError, OrderStatus};
use crate::ids::PaymentId;
use crate::payment::{Payment, PaymentStatus};

impl Order {
    /// Begins a payment of the whole order. Until it is settled no other can begin and the order cannot expire.
    pub fn begin_payment(
        &mut self,
        id: PaymentId,
        reference: String,
        now: Timestamp,
    ) -> Result<(), OrderError> {
        self.check(OrderStatus::Paid)?;
        if self.payment_in_progress().is_some() {
            return Err(OrderError::PaymentInProgress);
        }
        if self.pay_before <= now {
            return Err(OrderError::PaymentWindowClosed(self.pay_before));
        }
        self.payment = Some(Payment {
            id,
            provider: self.payment_provider,
            reference,
            amount: self.totals.total,
            status: PaymentStatus::Processing,
            decline_reason: None,
            created_at: now,
        });
        Ok(())
    }

    /// Settles the payment under way: the money is ours.
    pub fn capture_payment(&mut self) -> Result<(), OrderError> {
        self.check(OrderStatus::Paid)?;
        self.settle(PaymentStatus::Captured, None)?;
        self.become_(OrderStatus::Paid)
    }

    /// Settles the payment under way: it was refused, and another may be tried.
    pub fn decline_payment(&mut self, reason: String) -> Result<(), OrderError> {
        self.settle(PaymentStatus::Declined, Some(reason))
    }

    /// Gives up on an order that nobody paid in time.
    pub fn expire(&mut self, now: Timestamp) -> Result<(), OrderError> {
        self.check(OrderStatus::Expired)?;
        if self.payment_in_progress().is_some() {
            return Err(OrderError::PaymentInProgress);
        }
        if now < self.pay_before {
            return Err(OrderError::PaymentWindowOpen(self.pay_before));
        }
        self.become_(OrderStatus::Expired)
    }

    fn settle(&mut self, status: PaymentStatus, decline_reason: Option<String>) -> Result<(), OrderError> {
        let payment = self.payment.as_mut().filter(|payment| payment.status == PaymentStatus::Processing);
        let payment = payment.ok_or(OrderError::NoPaymentInProgress)?;
        payment.status = status;
        payment.decline_reason = decline_reason;
        Ok(())
    }
}
