//! Why a transaction did not happen, and on account of what.

use domain::{PartnerReference, Quantity, Sku, Slug, TaskId};
use thiserror::Error;

use crate::error::StoreError;
use crate::item::Item;

/// What one action of a transaction is about, so that a refusal can be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The stock of a SKU, and how many pieces were asked of it.
    Stock(Sku, Quantity),
    /// A cart.
    Cart,
    /// An order.
    Order,
    /// An order that a partner sent, by the partner's name for it.
    Intake(PartnerReference),
    /// A customer's profile.
    Profile,
    /// The pointer to a customer's cart.
    CustomerCart,
    /// The record of a client's idempotency key.
    Idempotency,
    /// A task.
    Task(TaskId),
    /// The pointer from a supplier's name for a task.
    Reference,
    /// A supplier's budget.
    Budget,
    /// A supplier's circuit breaker.
    Circuit,
    /// A supplier.
    Supplier,
    /// A supplier's offer for a SKU.
    Offer(Sku),
    /// The strategies by which suppliers are chosen.
    Routing,
    /// A product.
    Product,
    /// The stock of a variant that goes.
    Variant(Sku),
    /// The stock of a SKU, as it was read.
    StockLevel,
    /// A category that a product is put into.
    Category(Slug),
    /// The tree of categories.
    CategoryTree,
    /// A brand.
    Brand(Slug),
    /// The words that mean the same.
    Synonyms,
    /// A slug's pointer.
    Slug,
    /// A SKU's pointer.
    Sku(Sku),
    /// Somebody who works here.
    Staff,
    /// Whoever makes the change, who must be an admin.
    Actor,
    /// The count of admins, of whom there must always be one.
    Admins,
    /// A partner's key.
    PartnerKey,
    /// Where a partner wants to be told of its orders.
    Callback,
    /// A webhook of the merchant's, or something that it is told.
    Webhook,
    /// A paced order, or an instalment of one.
    PacedOrder,
    /// The upload of a picture.
    Upload,
    /// A review, or the pointer to it.
    Review,
    /// Something that is written without a condition.
    Unconditional,
}

/// A condition that did not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What was refused.
    pub subject: Subject,
    /// The item as it is, where there is one.
    pub item: Option<Item>,
}

/// Why a transaction did not happen. Nothing of it was written.
#[derive(Debug, Error)]
pub enum CommitError {
    /// Conditions did not hold.
    #[error("{} conditions did not hold", .0.len())]
    Refused(Vec<Refusal>),
    /// Something else went wrong.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CommitError {
    /// Whether this subject's condition was among those that did not hold.
    #[must_use]
    pub fn refused(&self, subject: &Subject) -> bool {
        matches!(self, Self::Refused(refusals) if refusals.iter().any(|refusal| refusal.subject == *subject))
    }
}
