//! One supplier: its knobs, the orders it took, and what it was asked.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    board::{Board, Draft, Folder},
    change::Change,
    counters::Counters,
    fault::{Fault, FaultKind},
    knobs::{Knobs, Operation},
    order::{Order, State, Taking},
    outcome::{Placed, Refusal},
    tokens::Tokens,
    webhooks::News,
};

/// The number before a supplier's first, so that nobody takes a number for an index.
const NUMBERS_BEGIN_AFTER: u64 = 23_500;

/// Everything that a supplier remembers.
#[derive(Debug, Clone, Serialize)]
pub struct Memory {
    /// Every order it took, oldest first.
    pub orders: Vec<Order>,
    /// References for which it took more than one order.
    pub duplicates: Vec<String>,
    /// What it charges for all orders, in pence.
    pub charged: u64,
    /// What it was asked.
    #[serde(flatten)]
    pub counters: Counters,
}

/// One simulated supplier.
#[derive(Debug, Clone, Default)]
pub struct Supplier {
    knobs: Knobs,
    orders: Vec<Order>,
    board: Board,
    last_number: u64,
    counters: Counters,
    tokens: Tokens,
    /// The states that the shop has heard of, by order. Not remembered over a restart: it hears of all again.
    told: BTreeMap<String, State>,
    changes: Vec<Change>,
}

impl Supplier {
    /// How it behaves at present.
    #[must_use]
    pub fn knobs(&self) -> &Knobs {
        &self.knobs
    }

    /// Its folders and drafts.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The tokens it gave out.
    pub fn tokens(&mut self) -> &mut Tokens {
        &mut self.tokens
    }

    /// The supplier's own clock.
    #[must_use]
    pub fn clock(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(SignedDuration::from_secs(self.knobs.clock_skew_seconds)).unwrap_or(now)
    }

    /// Counts a request and says what is to go wrong with it: an error if nothing is to be done.
    pub fn begin(&mut self, operation: Operation) -> Result<Option<FaultKind>, Refusal> {
        self.counters.count(operation);
        if self.knobs.fail_next > 0 && self.knobs.fail_on.contains(&operation) {
            self.knobs.fail_next -= 1;
            self.counters.faults.failed += 1;
            self.changes.push(Change::Knobs(Box::new(self.knobs.clone())));
            let (status, retry_after_seconds) = (self.knobs.fail_status, self.knobs.retry_after_seconds);
            return Err(Refusal::Failing { status, retry_after_seconds });
        }
        let Some(fault) = self.strike(operation) else { return Ok(None) };
        self.counters.strike(fault.kind);
        let retry_after_seconds = fault.retry_after_seconds;
        let failing = |status| Err(Refusal::Failing { status, retry_after_seconds });
        match fault.kind {
            FaultKind::TooMany => failing(429),
            FaultKind::Unavailable => failing(503),
            FaultKind::Broken => failing(500),
            FaultKind::Redirect => Err(Refusal::Elsewhere),
            FaultKind::Expired => {
                self.tokens.revoke();
                Err(Refusal::Unauthorized)
            }
            works => Ok(Some(works)),
        }
    }

    /// The first fault that strikes a request. One that is over is taken from the knobs.
    fn strike(&mut self, operation: Operation) -> Option<Fault> {
        let chance = &mut rand::rng();
        let struck = self.knobs.faults.iter_mut().find_map(|fault| {
            let counted = fault.next > 0;
            fault.strikes(operation, chance).then(|| (fault.clone(), counted))
        });
        let (fault, counted) = struck?;
        if counted {
            self.knobs.faults.retain(|fault| !fault.is_over());
            self.changes.push(Change::Knobs(Box::new(self.knobs.clone())));
        }
        Some(fault)
    }

    /// Takes an order, unless a knob says otherwise. A draft's order has the draft's number.
    pub fn place(&mut self, new: Taking, draft: Option<u64>, now: Timestamp) -> Result<Placed, Refusal> {
        if self.knobs.refuse {
            self.counters.faults.refused += 1;
            return Err(Refusal::Refusing(self.knobs.refuse_reason.clone()));
        }
        let placed = match self.first_with(new.idempotency_key.as_deref()) {
            Some(first) if self.knobs.honours_idempotency => Placed::Repeated(first.as_of(now, &self.knobs)),
            _ => {
                let number = draft.unwrap_or_else(|| self.next_number());
                let order = Order::take(new, number, self.knobs.unit_cost, now);
                self.orders.push(order.clone());
                self.changes.push(Change::Order(Box::new(order.clone())));
                Placed::New(order.as_of(now, &self.knobs))
            }
        };
        if self.knobs.lose_responses > 0 {
            self.knobs.lose_responses -= 1;
            self.counters.faults.lost += 1;
            self.changes.push(Change::Knobs(Box::new(self.knobs.clone())));
            return Err(Refusal::Lost);
        }
        Ok(placed)
    }

    /// Makes a folder, also if one of this name is there.
    pub fn add_folder(&mut self, name: String) -> Folder {
        let folder = Folder { id: self.next_number(), name };
        self.board.folders.push(folder.clone());
        self.changes.push(Change::Folder(folder.clone()));
        folder
    }

    /// Makes a draft.
    pub fn add_draft(&mut self, folder_id: u64, name: String, parameters: BTreeMap<String, String>) -> Draft {
        let draft = Draft { id: self.next_number(), folder_id, name, parameters };
        self.board.drafts.push(draft.clone());
        self.changes.push(Change::Draft(Box::new(draft.clone())));
        draft
    }

    /// The orders that `wanted` picks, oldest first.
    #[must_use]
    pub fn orders(&self, now: Timestamp, wanted: impl Fn(&Order) -> bool) -> Vec<Order> {
        self.orders.iter().filter(|order| wanted(order)).map(|order| order.as_of(now, &self.knobs)).collect()
    }

    /// Calls the first order off that `wanted` picks.
    pub fn cancel(&mut self, now: Timestamp, wanted: impl Fn(&Order) -> bool) -> Result<Order, Refusal> {
        self.change(now, wanted, |order| order.cancel(now).then(|| order.clone()))?.ok_or(Refusal::Shipped)
    }

    /// Changes the first order, as it stands now, that `wanted` picks.
    pub fn change<T>(
        &mut self,
        now: Timestamp,
        wanted: impl Fn(&Order) -> bool,
        change: impl FnOnce(&mut Order) -> T,
    ) -> Result<T, Refusal> {
        let knobs = &self.knobs;
        let mut orders = self.orders.iter_mut().map(|order| (order.as_of(now, knobs), order));
        let (mut changed, order) = orders.find(|(current, _)| wanted(current)).ok_or(Refusal::Unknown)?;
        let outcome = change(&mut changed);
        if changed != *order {
            *order = changed;
            self.changes.push(Change::Order(Box::new(order.clone())));
        }
        Ok(outcome)
    }

    /// The orders that stand otherwise than the shop has heard, if it is to hear of them.
    #[must_use]
    pub fn news(&self, now: Timestamp) -> Vec<News> {
        let Some(webhook) = &self.knobs.webhook else { return Vec::new() };
        let current = self.orders.iter().map(|order| order.as_of(now, &self.knobs));
        let untold = current.filter(|order| self.told.get(&order.id) != Some(&order.state));
        untold.map(|order| News { webhook: webhook.clone(), order, clock: self.clock(now) }).collect()
    }

    /// Notes that the shop has heard of an order as it is here.
    pub fn told(&mut self, order: &Order) {
        self.told.insert(order.id.clone(), order.state);
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
        self.changes.push(Change::Knobs(Box::new(self.knobs.clone())));
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
        let orders = self.orders(now, |_| true);
        Memory {
            charged: orders.iter().map(|order| order.cost.amount).sum(),
            orders,
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
            Change::Knobs(knobs) => self.knobs = *knobs,
            Change::Order(order) => {
                self.last_number = self.last_number.max(order.number);
                match self.orders.iter_mut().find(|known| known.id == order.id) {
                    Some(known) => *known = *order,
                    None => self.orders.push(*order),
                }
            }
            Change::Folder(folder) => {
                self.last_number = self.last_number.max(folder.id);
                self.board.folders.push(folder);
            }
            Change::Draft(draft) => {
                self.last_number = self.last_number.max(draft.id);
                self.board.drafts.push(*draft);
            }
            Change::Reset => *self = Self::default(),
        }
    }

    /// What must be written down to remember it from nothing.
    pub fn snapshot(&self) -> impl Iterator<Item = Change> {
        let folders = self.board.folders.iter().cloned().map(Change::Folder);
        let drafts = self.board.drafts.iter().map(|draft| Change::Draft(Box::new(draft.clone())));
        let orders = self.orders.iter().map(|order| Change::Order(Box::new(order.clone())));
        folders.chain(drafts).chain(orders).chain([Change::Knobs(Box::new(self.knobs.clone()))])
    }

    fn next_number(&mut self) -> u64 {
        self.last_number = self.last_number.max(NUMBERS_BEGIN_AFTER) + 1;
        self.last_number
    }

    fn first_with(&self, idempotency_key: Option<&str>) -> Option<&Order> {
        let key = idempotency_key?;
        self.orders.iter().find(|order| order.idempotency_key.as_deref() == Some(key))
    }
}
