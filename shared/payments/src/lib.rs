//! The payment provider API and its adapters.
//!
//! Paying takes two steps, so that a function may die at any line and nobody is charged twice. [`Gateway::create`] checks
//! what the buyer sent and gives a reference; no money moves. The reference is stored with a new payment. Then
//! [`Gateway::confirm`] moves the money, once for each payment however often it is called; whoever finds a payment that
//! was begun and not settled calls it again.
//!
//! Paying back takes two steps as well: the order's refund is written down with its id, then [`Gateway::refund`] moves the
//! money, once for each refund however often it is called.

mod account;
mod sandbox;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{Payment, PaymentProvider, PaymentStatus, Refund};
use thiserror::Error;

pub use account::Account;
pub use sandbox::Sandbox;

/// What a buyer sent for the provider, by field. It is secret: it has no `Debug` and is never stored or logged.
#[derive(Default)]
pub struct BuyerFields(BTreeMap<&'static str, String>);

impl BuyerFields {
    /// Adds a field, if the buyer sent it.
    #[must_use]
    pub fn with(mut self, field: &'static str, value: Option<String>) -> Self {
        self.0.extend(value.map(|value| (field, value)));
        self
    }

    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

/// What the buyer sent is nothing that the provider takes.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field} {message}")]
pub struct BuyerError {
    /// The field.
    pub field: &'static str,
    /// What was wrong and what is allowed; never what was sent.
    pub message: String,
}

/// What came of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// The money is ours.
    Captured,
    /// No money moved, and none will.
    Declined {
        /// Why, in words for the buyer.
        reason: String,
    },
}

/// What came of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repayment {
    /// The money is the customer's again, or on its way there.
    Refunded,
    /// No money moved, and none will.
    Declined {
        /// Why, in words for whoever works here.
        reason: String,
    },
}

/// The provider gave no answer; money may have moved. Ask again.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the payment provider gave no answer: {0}")]
pub struct Unanswered(pub String);

/// A payment provider.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Checks what the buyer sent and gives the provider's reference for it. No money moves.
    async fn create(&self, buyer: &BuyerFields) -> Result<String, BuyerError>;

    /// Moves the money of a payment. The payment's id is the idempotency key: a second call has no second effect and gives
    /// the same answer.
    async fn confirm(&self, payment: &Payment) -> Result<Confirmation, Unanswered>;

    /// Pays back a captured payment or a part of it. The refund's id is the idempotency key: a second call has no second
    /// effect and gives the same answer. All refunds of a payment together are never more than was paid.
    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<Repayment, Unanswered>;
}

/// The gateway of a provider.
#[must_use]
pub fn gateway(provider: PaymentProvider) -> &'static dyn Gateway {
    match provider {
        PaymentProvider::Sandbox => &Sandbox,
        PaymentProvider::Account => &Account,
    }
}

/// Why a refund cannot be one of this payment, whatever the provider; nothing where it can.
fn out_of_bounds(payment: &Payment, refund: &Refund) -> Option<&'static str> {
    let captured = payment.status == PaymentStatus::Captured && payment.id == refund.payment_id;
    let in_bounds = refund.amount.currency() == payment.amount.currency()
        && (1..=payment.amount.amount()).contains(&refund.amount.amount());
    if !captured {
        Some("there is no such captured payment")
    } else if !in_bounds {
        Some("it is more than was paid, or nothing")
    } else {
        None
    }
}
