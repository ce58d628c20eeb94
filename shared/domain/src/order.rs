//! Orders and their life:
//!
//! ```text
//! pendingPayment ──▶ paid ──▶ fulfilling ──▶ fulfilled
//!       │             │           │  ▲            ▲
//!       ▼             ▼           ▼  │            │
//!    expired          └─────▶ needsAttention ─────┤
//!                     │           │  │            │
//!                     └───────────┴──┴──▶ cancelled ──▶ refunded
//! ```
//!
//! An order on account begins as a paid one.

mod buyer;
mod cancelling;
mod fulfilling;
mod line;
mod paying;
mod status;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use buyer::Buyer;
pub use cancelling::Cancellation;
pub use line::OrderLine;
pub use status::OrderStatus;

use crate::MAX_LINES;
use crate::address::Address;
use crate::email::CustomerEmail;
use crate::ids::{OrderId, PaymentId, TaskId};
use crate::money::{Currency, MoneyError};
use crate::payment::{Payment, PaymentProvider, PaymentStatus};
use crate::quantity::Quantity;
use crate::sku::Sku;
use crate::totals::Totals;
use crate::trace::TraceId;
use line::quantities_by_sku;

/// Why an order cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlacementError {
    /// There is nothing in it.
    #[error("the cart is empty")]
    Empty,
    /// There is too much in it.
    #[error("an order holds at most {MAX_LINES} different articles")]
    TooManyLines,
    /// The sum cannot be computed.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The pieces of one SKU are too many together.
    #[error("{0}: at most {max} pieces in one order", max = Quantity::MAX)]
    TooManyPieces(Sku),
}

/// Why an order cannot do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrderError {
    /// The order is not in a status from which this can happen.
    #[error("the order is {from} and cannot become {to}")]
    IllegalTransition {
        /// Where the order stands.
        from: OrderStatus,
        /// Where it was to go.
        to: OrderStatus,
    },
    /// The time to pay is over.
    #[error("the order was to be paid before {0}")]
    PaymentWindowClosed(Timestamp),
    /// The time to pay is not over.
    #[error("the order may be paid until {0}")]
    PaymentWindowOpen(Timestamp),
    /// Another payment is under way.
    #[error("a payment is being processed")]
    PaymentInProgress,
    /// There is no payment under way to be settled.
    #[error("no payment is being processed")]
    NoPaymentInProgress,
    /// The task is none of this order's open ones.
    #[error("{0} is no open task of this order")]
    UnknownTask(TaskId),
    /// So many pieces of the SKU are in other hands, or not in this order.
    #[error("fewer pieces of {0} are waiting for a supplier")]
    NotUnassigned(Sku),
    /// Nothing can be paid back before it is known what was sent.
    #[error("suppliers are still at this order")]
    TasksOpen,
    /// There is nothing to pay back.
    #[error("the order was not paid")]
    NotPaid,
    /// Another refund is under way.
    #[error("a refund is being processed")]
    RefundInProgress,
    /// There is no refund under way to be settled.
    #[error("no refund is being processed")]
    NoRefundInProgress,
    /// Only a refund that was declined is paid back by a person.
    #[error("no refund was declined")]
    NoRefundDeclined,
    /// An amount cannot be computed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a new order is made of.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Who buys.
    pub buyer: Buyer,
    /// Where news of the order go.
    pub email: CustomerEmail,
    /// Where it goes.
    pub shipping_address: Address,
    /// What is bought.
    pub lines: Vec<OrderLine>,
    /// Who will move the money.
    pub payment_provider: PaymentProvider,
    /// The shop's currency.
    pub currency: Currency,
    /// How long the stock is held for the payment.
    pub payment_window: SignedDuration,
}

/// What a new order on account is made of.
#[derive(Debug, Clone)]
pub struct NewAccountOrder {
    /// The id that was kept for it, so that it is placed once.
    pub id: OrderId,
    /// Who buys.
    pub buyer: Buyer,
    /// Where news of the order go.
    pub email: CustomerEmail,
    /// Where it goes.
    pub shipping_address: Address,
    /// What is bought.
    pub lines: Vec<OrderLine>,
    /// The shop's currency.
    pub currency: Currency,
}

/// An order. Its status and payments change only through its methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    id: OrderId,
    buyer: Buyer,
    email: CustomerEmail,
    shipping_address: Address,
    lines: Vec<OrderLine>,
    totals: Totals,
    payment_provider: PaymentProvider,
    status: OrderStatus,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    payment: Option<Payment>,
    open_tasks: BTreeSet<TaskId>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    unassigned: BTreeMap<Sku, Quantity>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    attention: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cancellation: Option<Cancellation>,
    created_at: Timestamp,
    pay_before: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    trace_id: Option<TraceId>,
}

impl Order {
    /// Places an order: sums it up and opens the time to pay.
    pub fn place(new: NewOrder, now: Timestamp) -> Result<Self, PlacementError> {
        Self::placed(OrderId::generate(), new, now)
    }

    /// Places an order that is settled outside of the shop: it is paid from the start.
    pub fn place_on_account(new: NewAccountOrder, now: Timestamp) -> Result<Self, PlacementError> {
        let NewAccountOrder { id, buyer, email, shipping_address, lines, currency } = new;
        let new = NewOrder {
            buyer,
            email,
            shipping_address,
            lines,
            payment_provider: PaymentProvider::Account,
            currency,
            payment_window: SignedDuration::ZERO,
        };
        let mut order = Self::placed(id, new, now)?;
        order.payment = Some(Payment {
            id: PaymentId::generate(),
            provider: order.payment_provider,
            reference: Payment::ON_ACCOUNT.into(),
            amount: order.totals.total,
            status: PaymentStatus::Captured,
            decline_reason: None,
            created_at: now,
        });
        order.status = OrderStatus::Paid;
        Ok(order)
    }

    fn placed(id: OrderId, new: NewOrder, now: Timestamp) -> Result<Self, PlacementError> {
        if new.lines.is_empty() {
            return Err(PlacementError::Empty);
        }
        if new.lines.len() > MAX_LINES {
            return Err(PlacementError::TooManyLines);
        }
        quantities_by_sku(&new.lines)?;
        let line_totals = new.lines.iter().map(OrderLine::total).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            id,
            totals: Totals::of_lines(new.currency, line_totals)?,
            buyer: new.buyer,
            email: new.email,
            shipping_address: new.shipping_address,
            lines: new.lines,
            payment_provider: new.payment_provider,
            status: OrderStatus::PendingPayment,
            payment: None,
            open_tasks: BTreeSet::new(),
            unassigned: BTreeMap::new(),
            attention: None,
            cancellation: None,
            created_at: now,
            pay_before: now + new.payment_window,
            trace_id: None,
        })
    }

    /// Keeps the trace of the request that the order was placed by, for what is done about it later without a request.
    #[must_use]
    pub fn with_trace(self, trace_id: Option<TraceId>) -> Self {
        Self { trace_id, ..self }
    }

    fn check(&self, to: OrderStatus) -> Result<(), OrderError> {
        if self.status.may_become(to) {
            Ok(())
        } else {
            Err(OrderError::IllegalTransition { from: self.status, to })
        }
    }

    fn become_(&mut self, to: OrderStatus) -> Result<(), OrderError> {
        self.check(to)?;
        self.status = to;
        self.forget_who_left();
        Ok(())
    }
}
