//! Orders and their life:
//!
//! ```text
//! pendingPayment ──▶ paid ──▶ fulfilling ──▶ fulfilled
//!       │             │           │
//!       ▼             └───────────┴──▶ needsAttention
//!    expired
//! ```

mod buyer;
mod line;
mod status;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use buyer::Buyer;
pub use line::OrderLine;
pub use status::OrderStatus;

use crate::MAX_LINES;
use crate::address::Address;
use crate::email::CustomerEmail;
use crate::ids::{OrderId, PaymentId, ProductId, TaskId};
use crate::money::{Currency, MoneyError};
use crate::payment::{Payment, PaymentProvider, PaymentStatus};
use crate::quantity::Quantity;
use crate::sku::Sku;
use crate::totals::Totals;
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

/// An order. Its status and payments change only through its methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    id: OrderId,
    #[serde(default)]
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
    #[serde(skip_serializing_if = "Option::is_none", default)]
    attention: Option<String>,
    created_at: Timestamp,
    pay_before: Timestamp,
}

impl Order {
    /// Places an order: sums it up and opens the time to pay.
    pub fn place(new: NewOrder, now: Timestamp) -> Result<Self, PlacementError> {
        if new.lines.is_empty() {
            return Err(PlacementError::Empty);
        }
        if new.lines.len() > MAX_LINES {
            return Err(PlacementError::TooManyLines);
        }
        quantities_by_sku(&new.lines)?;
        let line_totals = new.lines.iter().map(OrderLine::total).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            id: OrderId::generate(),
            totals: Totals::of_lines(new.currency, line_totals)?,
            buyer: new.buyer,
            email: new.email,
            shipping_address: new.shipping_address,
            lines: new.lines,
            payment_provider: new.payment_provider,
            status: OrderStatus::PendingPayment,
            payment: None,
            open_tasks: BTreeSet::new(),
            attention: None,
            created_at: now,
            pay_before: now + new.payment_window,
        })
    }

    /// The order's id.
    #[must_use]
    pub fn id(&self) -> OrderId {
        self.id
    }

    /// The number a customer reads out on the phone: the last ten characters of the id (50 random bits), in two groups.
    #[must_use]
    pub fn number(&self) -> String {
        let ulid = self.id.ulid().to_string();
        format!("{}-{}", &ulid[16..21], &ulid[21..])
    }

    /// Where news of the order go.
    #[must_use]
    pub fn email(&self) -> &CustomerEmail {
        &self.email
    }

    /// Where it goes.
    #[must_use]
    pub fn shipping_address(&self) -> &Address {
        &self.shipping_address
    }

    /// What was bought.
    #[must_use]
    pub fn lines(&self) -> &[OrderLine] {
        &self.lines
    }

    /// What it costs.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Who was chosen to move the money.
    #[must_use]
    pub fn payment_provider(&self) -> PaymentProvider {
        self.payment_provider
    }

    /// Where the order stands.
    #[must_use]
    pub fn status(&self) -> OrderStatus {
        self.status
    }

    /// The latest payment.
    #[must_use]
    pub fn payment(&self) -> Option<&Payment> {
        self.payment.as_ref()
    }

    /// The payment that may have moved money without our knowing yet.
    #[must_use]
    pub fn payment_in_progress(&self) -> Option<&Payment> {
        self.payment.as_ref().filter(|payment| payment.status == PaymentStatus::Processing)
    }

    /// The tasks that are not done.
    #[must_use]
    pub fn open_tasks(&self) -> &BTreeSet<TaskId> {
        &self.open_tasks
    }

    /// Why a person must look at it.
    #[must_use]
    pub fn attention(&self) -> Option<&str> {
        self.attention.as_deref()
    }

    /// When it was placed.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When the time to pay is over.
    #[must_use]
    pub fn pay_before(&self) -> Timestamp {
        self.pay_before
    }

    /// How many pieces of each SKU, equal SKUs summed: what its stock is checked and counted with.
    pub fn quantities(&self) -> Result<BTreeMap<(ProductId, Sku), Quantity>, PlacementError> {
        quantities_by_sku(&self.lines)
    }

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

    /// Hands the paid order over to its tasks.
    pub fn start_fulfilment(&mut self, tasks: impl IntoIterator<Item = TaskId>) -> Result<(), OrderError> {
        self.become_(OrderStatus::Fulfilling)?;
        self.open_tasks = tasks.into_iter().collect();
        Ok(())
    }

    /// Closes a task that was completed. With the last one the order is fulfilled, unless it needs attention.
    pub fn close_task(&mut self, task: TaskId) -> Result<(), OrderError> {
        self.replace_task(task, [])?;
        if self.open_tasks.is_empty() && self.status == OrderStatus::Fulfilling {
            self.become_(OrderStatus::Fulfilled)?;
        }
        Ok(())
    }

    /// Closes a task that was not completed (or not wholly), in favour of others.
    pub fn replace_task(
        &mut self,
        task: TaskId,
        by: impl IntoIterator<Item = TaskId>,
    ) -> Result<(), OrderError> {
        if !self.open_tasks.remove(&task) {
            return Err(OrderError::UnknownTask(task));
        }
        self.open_tasks.extend(by);
        Ok(())
    }

    /// Calls a person, and says why.
    pub fn need_attention(&mut self, reason: String) -> Result<(), OrderError> {
        if self.status != OrderStatus::NeedsAttention {
            self.become_(OrderStatus::NeedsAttention)?;
        }
        self.attention = Some(reason);
        Ok(())
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

    fn settle(&mut self, status: PaymentStatus, decline_reason: Option<String>) -> Result<(), OrderError> {
        let payment = self.payment.as_mut().filter(|payment| payment.status == PaymentStatus::Processing);
        let payment = payment.ok_or(OrderError::NoPaymentInProgress)?;
        payment.status = status;
        payment.decline_reason = decline_reason;
        Ok(())
    }
}
