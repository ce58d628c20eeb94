//! One supplier: its knobs, the orders it took, and what it was asked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    knobs::{Knobs, Operation},
    order::{NewOrder, Order},
};

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

/// How often things happened since the simulator started or the supplier was reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Requests by kind, including those that failed.
    pub requests: BTreeMap<Operation, u64>,
    /// Faults that were asked for.
    pub faults: Faults,
}

/// Faults by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Requests that failed before anything was done.
    pub failed: u64,
    /// Orders that were refused.
    pub refused: u64,
    /// Orders that were taken but not answered.
    pub lost: u64,
}

/// Everything that a supplier remembers.
#[derive(Debug, Clone, Serialize)]
pub struct Memory {
    /// Every order it took, oldest first.
    pub orders: Vec<Order>,
    /// References for which it took more than one order.
    pub duplicates: Vec<String>,
    /// What it was asked.
    #[serde(flatten)]
    pub counters: Counters,
}

/// What must be written down to remember a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// The knobs are now these.
    Knobs(Knobs),
    /// This order is new or has changed.
    Order(Box<Order>),
    /// Everything before is forgotten.
    Reset,
}

/// One simulated supplier.
#[derive(Debug, Clone, Default)]
pub struct Supplier {
    knobs: Knobs,
    orders: Vec<Order>,
    counters: Counters,
    changes: Vec<Change>,
}

impl Supplier {
    /// How it behaves at present.
    #[must_use]
    pub fn knobs(&self) -> &Knobs {
        &self.knobs
    }

    /// Takes an order, unless a knob says otherwise.
    pub fn place(
        &mut self,
        new: NewOrder,
        idempotency_key: Option<String>,
        now: Timestamp,
    ) -> Result<Placed, Refusal> {
        self.begin(Operation::Place)?;
        if self.knobs.refuse {
            self.counters.faults.refused += 1;
            return Err(Refusal::Refusing(self.knobs.refuse_reason.clone()));
        }
        let placed = match self.first_with(idempotency_key.as_deref()) {
            Some(first) if self.knobs.honours_idempotency => Placed::Repeated(first.as_of(now, &self.knobs)),
            _ => {
                let order = Order::take(new, idempotency_key, now);
                self.orders.push(order.clone());
                self.changes.push(Change::Order(Box::new(order.clone())));
                Placed::New(order.as_of(now, &self.knobs))
            }
        };
        if self.knobs.lose_responses > 0 {
            self.knobs.lose_responses -= 1;
            self.counters.faults.lost += 1;
            self.changes.push(Change::Knobs(self.knobs.clone()));
            return Err(Refusal::Lost);
        }
        Ok(placed)
    }

    /// The orders with this reference, oldest first.
    pub fn find(&mut self, reference: &str, now: Timestamp) -> Result<Vec<Order>, Refusal> {
        self.begin(Operation::Find)?;
        Ok(self.matching(now, |order| order.reference == reference))
    }

    /// The orders with these ids; unknown ids are left out.
    pub fn statuses(&mut self, ids: &[String], now: Timestamp) -> Result<Vec<Order>, Refusal> {
        self.begin(Operation::Status)?;
        Ok(self.matching(now, |order| ids.contains(&order.id)))
    }

    /// Calls an order off.
    pub fn cancel(&mut self, id: &str, now: Timestamp) -> Result<Order, Refusal> {
        self.begin(Operation::Cancel)?;
        let order = self.orders.iter_mut().find(|order| order.id == id).ok_or(Refusal::Unknown)?;
        *order = order.as_of(now, &self.knobs);
        if !order.cancel(now) {
            return Err(Refusal::Shipped);
        }
        self.changes.push(Change::Order(Box::new(order.clone())));
        Ok(order.clone())
    }

    /// Turns knobs. What has happened until now happened under the old ones, so no order ever goes back.
    pub fn turn(&mut self, knobs: Knobs, now: Timestamp) {
        for order in &mut self.orders {
            let settled = order.as_of(now, &self.knobs);
            if settled != *order {
                self.changes.push(Change::Order(Box::new(settled.clone())));
                *order = settled;
            }
        }
        self.knobs = knobs;
        self.changes.push(Change::Knobs(self.knobs.clone()));
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        *self = Self { changes: vec![Change::Reset], ..Self::default() };
    }

    /// All it remembers, as of `now`.
    #[must_use]
    pub fn memory(&self, now: Timestamp) -> Memory {
        let mut orders_by_reference = BTreeMap::<&str, u32>::new();
        for order in &self.orders {
            *orders_by_reference.entry(&order.reference).or_default() += 1;
        }
        let duplicates = orders_by_reference.into_iter().filter(|(_, orders)| *orders > 1);
        Memory {
            orders: self.matching(now, |_| true),
            duplicates: duplicates.map(|(reference, _)| reference.to_owned()).collect(),
            counters: self.counters.clone(),
        }
    }

    /// The changes since the last call.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Does again what was written down.
    pub fn replay(&mut self, change: Change) {
        match change {
            Change::Knobs(knobs) => self.knobs = knobs,
            Change::Order(order) => match self.orders.iter_mut().find(|known| known.id == order.id) {
                Some(known) => *known = *order,
                None => self.orders.push(*order),
            },
            Change::Reset => *self = Self::default(),
        }
    }

    /// What must be written down to remember it from nothing.
    pub fn snapshot(&self) -> impl Iterator<Item = Change> {
        let orders = self.orders.iter().map(|order| Change::Order(Box::new(order.clone())));
        orders.chain([Change::Knobs(self.knobs.clone())])
    }

    fn begin(&mut self, operation: Operation) -> Result<(), Refusal> {
        *self.counters.requests.entry(operation).or_default() += 1;
        if self.knobs.fail_next == 0 || !self.knobs.fail_on.contains(&operation) {
            return Ok(());
        }
        self.knobs.fail_next -= 1;
        self.counters.faults.failed += 1;
        self.changes.push(Change::Knobs(self.knobs.clone()));
        Err(Refusal::Failing {
            status: self.knobs.fail_status,
            retry_after_seconds: self.knobs.retry_after_seconds,
        })
    }

    fn first_with(&self, idempotency_key: Option<&str>) -> Option<&Order> {
        let key = idempotency_key?;
        self.orders.iter().find(|order| order.idempotency_key.as_deref() == Some(key))
    }

    fn matching(&self, now: Timestamp, wanted: impl Fn(&Order) -> bool) -> Vec<Order> {
        self.orders.iter().filter(|order| wanted(order)).map(|order| order.as_of(now, &self.knobs)).collect()
    }
}
