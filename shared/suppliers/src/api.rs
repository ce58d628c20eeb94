//! What the fulfilment desk asks of a supplier, whatever the supplier's own API looks like.

use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use domain::{
    address::Address,
    ids::TaskId,
    money::Money,
    quantity::Quantity,
    sku::Sku,
    task::{Task, TaskItem},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error::{PlaceError, SupplierError};

/// A supplier that takes tasks.
#[async_trait]
pub trait Supplier: fmt::Debug + Send + Sync {
    /// Whether placing one reference twice makes one order at the supplier. If not, the caller must look the reference
    /// up with [`Supplier::find_by_reference`] before it places again.
    fn places_idempotently(&self) -> bool;

    /// Places a task. The task's id is the supplier's reference and idempotency key.
    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError>;

    /// The supplier's order for a task, if the supplier has one.
    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError>;

    /// How the given orders stand. Those that the supplier does not know are absent.
    async fn statuses(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError>;

    /// Calls an order off. Safe to repeat.
    async fn cancel(&self, reference: &SupplierReference) -> Result<CancelOutcome, SupplierError>;

    /// Whether the supplier is to be asked how orders stand. False where somebody tells us, such as a person.
    fn is_polled(&self) -> bool {
        true
    }

    /// One harmless call that shows whether address and credential are right. Nothing is ordered.
    async fn check(&self) -> Result<(), SupplierError>;

    /// What a supplier's call to us says. Whoever calls has verified the signature of `body` before.
    fn read_webhook(&self, _body: &[u8]) -> Result<Vec<StatusReport>, SupplierError> {
        Err(SupplierError::Unsupported { operation: "tell us by a webhook" })
    }
}

/// What a supplier is to send, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementRequest {
    /// Our name for it.
    pub reference: TaskId,
    /// What to send.
    pub items: Vec<PlacementItem>,
    /// Where to.
    pub ship_to: Address,
}

/// One line of a [`PlacementRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementItem {
    /// Our SKU.
    pub sku: Sku,
    /// The supplier's code for it.
    pub code: String,
    /// How many pieces.
    pub quantity: Quantity,
    /// What we expect to be charged for one piece.
    pub unit_cost: Money,
}

impl PlacementRequest {
    /// The request that places `task`.
    #[must_use]
    pub fn for_task(task: &Task, ship_to: Address) -> Self {
        let item = |item: &TaskItem| PlacementItem {
            sku: item.sku.clone(),
            code: item.code.clone(),
            quantity: item.quantity,
            unit_cost: item.unit_cost,
        };
        Self { reference: task.id(), items: task.items().iter().map(item).collect(), ship_to }
    }
}

/// Text that cannot be a supplier's name for an order.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a supplier's reference has 1 to {max} characters, none of them control characters", max = SupplierReference::MAX_LENGTH)]
pub struct SupplierReferenceError;

/// A supplier's own name for an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SupplierReference(String);

impl SupplierReference {
    /// The most characters of a reference.
    pub const MAX_LENGTH: usize = 200;

    /// Checks a reference that came from outside.
    pub fn parse(text: &str) -> Result<Self, SupplierReferenceError> {
        let length = text.chars().count();
        if (1..=Self::MAX_LENGTH).contains(&length) && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SupplierReferenceError)
        }
    }

    /// The reference as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SupplierReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SupplierReference {
    type Error = SupplierReferenceError;

    fn try_from(text: String) -> Result<Self, SupplierReferenceError> {
        Self::parse(&text)
    }
}

impl From<SupplierReference> for String {
    fn from(reference: SupplierReference) -> Self {
        reference.0
    }
}

/// An order that a supplier took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The supplier's name for it.
    pub reference: SupplierReference,
    /// What the supplier charges us for all of it, if the supplier says so.
    pub cost: Option<Money>,
    /// How it stands, if the supplier says so.
    pub progress: Option<TaskProgress>,
}

/// How an order stands at a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TaskProgress {
    /// Taken, not begun.
    Accepted,
    /// Being worked on.
    InProgress,
    /// Sent, whole or in part; nothing more will come.
    Completed,
    /// Not done, after it was taken; nothing will come.
    Rejected,
    /// Called off; nothing will come.
    Cancelled,
    /// The supplier said something that our configuration does not know. Never guessed: an operator must look.
    Unknown(String),
}

/// How one order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// Which order.
    pub reference: SupplierReference,
    /// How it stands.
    pub progress: TaskProgress,
    /// What was sent, if the supplier tells it line by line.
    pub delivered: Option<Vec<DeliveredItem>>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// Why it was not done, if the supplier says so.
    pub reason: Option<String>,
    /// What the supplier charges us for all of it, if the supplier says so.
    pub cost: Option<Money>,
}

/// How much of a line was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredItem {
    /// The supplier's code.
    pub code: String,
    /// How many pieces.
    pub quantity: u32,
}

impl StatusReport {
    /// How many pieces of each item of a task were sent: all of them if the supplier does not tell lines, and none of
    /// a line that it leaves out. Items that share a code are filled in their order.
    #[must_use]
    pub fn delivered(&self, items: &[TaskItem]) -> Vec<(Sku, u32)> {
        let Some(lines) = &self.delivered else {
            return items.iter().map(|item| (item.sku.clone(), item.quantity.get())).collect();
        };
        let mut left = BTreeMap::<&str, u32>::new();
        for line in lines {
            let pieces = left.entry(&line.code).or_default();
            *pieces = pieces.saturating_add(line.quantity);
        }
        let mut sent = Vec::new();
        for item in items {
            let left = left.entry(&item.code).or_default();
            let pieces = item.quantity.get().min(*left);
            *left -= pieces;
            sent.push((item.sku.clone(), pieces));
        }
        sent
    }
}

/// What came of calling an order off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelOutcome {
    /// Nothing will come.
    Cancelled,
    /// The supplier took note; a later status tells what came of it.
    Requested,
    /// It is on its way already.
    TooLate,
    /// The supplier has no such order.
    NotFound,
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    fn item(sku: &str, code: &str, pieces: i64) -> TaskItem {
        TaskItem {
            sku: Sku::parse(sku).unwrap(),
            code: code.into(),
            quantity: Quantity::parse(pieces).unwrap(),
            unit_cost: Money::new(100, Currency::Gbp),
            delivered: 0,
        }
    }

    fn report(delivered: Option<&[(&str, u32)]>) -> StatusReport {
        let line =
            |(code, quantity): &(&str, u32)| DeliveredItem { code: (*code).into(), quantity: *quantity };
        StatusReport {
            reference: SupplierReference::parse("so_1").unwrap(),
            progress: TaskProgress::Completed,
            delivered: delivered.map(|lines| lines.iter().map(line).collect()),
            carrier: None,
            tracking_number: None,
            reason: None,
            cost: None,
        }
    }

    #[test]
    fn deliveries_are_counted_by_the_suppliers_codes() {
        let items = [item("A", "x", 3), item("B", "y", 2), item("C", "x", 2)];
        let pieces =
            |delivered| report(delivered).delivered(&items).into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(pieces(None), [3, 2, 2]);
        assert_eq!(pieces(Some(&[])), [0, 0, 0]);
        assert_eq!(pieces(Some(&[("x", 4), ("z", 9)])), [3, 0, 1]);
        assert_eq!(pieces(Some(&[("x", 1), ("x", u32::MAX), ("y", 1)])), [3, 1, 2]);
    }

    #[test]
    fn references_are_short_plain_text() {
        let longest = "r".repeat(SupplierReference::MAX_LENGTH);
        for good in ["1", "so/1 ä", &longest] {
            assert_eq!(SupplierReference::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "a\nb", &format!("{longest}r")] {
            assert_eq!(SupplierReference::parse(bad), Err(SupplierReferenceError));
        }
    }
}
