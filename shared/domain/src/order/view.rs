//! What others may read of an order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::line::quantities_by_sku;
use super::{Cancellation, Order, OrderLine, OrderStatus, PlacementError};
use crate::address::Address;
use crate::email::CustomerEmail;
use crate::ids::{OrderId, ProductId, TaskId};
use crate::payment::{Payment, PaymentProvider, PaymentStatus};
use crate::quantity::Quantity;
use crate::sku::Sku;
use crate::totals::Totals;
use crate::trace::TraceId;

impl Order {
    /// The order's id.
    #[must_use]
    pub fn id(&self) -> OrderId {
        self.id
    }

    /// The number a customer reads out on the phone: that of its [id](OrderId::number).
    #[must_use]
    pub fn number(&self) -> String {
        self.id.number()
    }

    /// The trace of the request that placed it.
    #[must_use]
    pub fn trace_id(&self) -> Option<TraceId> {
        self.trace_id
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

    /// When the payment that paid it was begun; none while it is not paid.
    #[must_use]
    pub fn paid_at(&self) -> Option<Timestamp> {
        let paid = self.payment.as_ref().filter(|payment| payment.status == PaymentStatus::Captured);
        paid.map(|payment| payment.created_at)
    }

    /// The pieces that nobody sends until a person decides.
    #[must_use]
    pub fn unassigned(&self) -> &BTreeMap<Sku, Quantity> {
        &self.unassigned
    }

    /// Whether it is paid and its goods are still wanted: what a task does not send is then given to others.
    #[must_use]
    pub fn wants_goods(&self) -> bool {
        matches!(self.status, OrderStatus::Paid | OrderStatus::Fulfilling | OrderStatus::NeedsAttention)
    }

    /// Who called it off, and what was paid back.
    #[must_use]
    pub fn cancellation(&self) -> Option<&Cancellation> {
        self.cancellation.as_ref()
    }
}
