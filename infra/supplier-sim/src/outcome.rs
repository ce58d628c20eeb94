//! What comes of a request.

use crate::order::Order;

/// Why a request gets no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A failure that was asked for, before anything was done.
    Failing {
        /// The HTTP status to answer.
        status: u16,
        /// The `Retry-After` to send, in seconds.
        retry_after_seconds: Option<u32>,
    },
    /// Who asks is not known, or no longer.
    Unauthorized,
    /// The supplier sends the request elsewhere.
    Elsewhere,
    /// The supplier takes no orders.
    Refusing(String),
    /// The order was taken, but nobody is to hear of it.
    Lost,
    /// No order has this id.
    Unknown,
    /// The order is on its way and cannot be called off.
    Shipped,
}

/// A placed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// A new one.
    New(Order),
    /// The one that the same idempotency key made before.
    Repeated(Order),
}
