//! Where orders stand.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OrderStatus {
    /// Placed; its stock is reserved until it is paid or expires.
    PendingPayment,
    /// Paid; it waits to be split into tasks.
    Paid,
    /// Suppliers are at it.
    Fulfilling,
    /// All of it is on its way. Final.
    Fulfilled,
    /// Nobody paid in time. Final.
    Expired,
    /// A part of it can go nowhere without a person's decision.
    NeedsAttention,
    /// It was called off after it was paid: what was not sent is paid back.
    Cancelled,
    /// It was called off, and what was not sent is paid back. Final.
    Refunded,
}

impl OrderStatus {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::PendingPayment,
        Self::Paid,
        Self::Fulfilling,
        Self::Fulfilled,
        Self::Expired,
        Self::NeedsAttention,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PendingPayment => "pendingPayment",
            Self::Paid => "paid",
            Self::Fulfilling => "fulfilling",
            Self::Fulfilled => "fulfilled",
            Self::Expired => "expired",
            Self::NeedsAttention => "needsAttention",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// Whether nothing can happen to an order any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Fulfilled | Self::Expired | Self::Refunded)
    }

    /// Whether an order may go from this status to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::PendingPayment, Self::Paid | Self::Expired)
                | (Self::Paid, Self::Fulfilling | Self::NeedsAttention | Self::Cancelled)
                | (Self::Fulfilling, Self::Fulfilled | Self::NeedsAttention | Self::Cancelled)
                | (Self::NeedsAttention, Self::Fulfilling | Self::Fulfilled | Self::Cancelled)
                // Suppliers had sent everything before they could be stopped.
                | (Self::Cancelled, Self::Refunded | Self::Fulfilled)
        )
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
