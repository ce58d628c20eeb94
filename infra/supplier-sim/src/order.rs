//! An order and how it moves with time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::{
    cost::{Cost, DEFAULT_UNIT_COST, MAX_UNIT_COST},
    knobs::Knobs,
    tracking::tracking_number,
};

const CARRIER: &str = "Northgate Parcels";

/// What an order is made from, whatever the protocol.
#[derive(Debug, Clone)]
pub struct Taking {
    /// The shop's own name for the order.
    pub reference: String,
    /// The shop's idempotency key.
    pub idempotency_key: Option<String>,
    /// The shop's trace, as the header `traceparent` has it, if it came with one.
    pub traceparent: Option<String>,
    /// Its lines.
    pub items: Vec<TakenItem>,
    /// Where to, if the protocol has addresses.
    pub ship_to: Option<ShipTo>,
    /// What else the shop said, if the protocol has parameters.
    pub parameters: BTreeMap<String, String>,
}

/// A line of what is [`Taking`] an order.
#[derive(Debug, Clone)]
pub struct TakenItem {
    /// The supplier's article code.
    pub code: String,
    /// Units.
    pub quantity: u32,
    /// What the shop expects to be charged for a unit, in pence, if it says so.
    pub unit_cost: Option<u32>,
}

/// A delivery address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ShipTo {
    pub name: String,
    pub line1: String,
    pub line2: Option<String>,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: String,
    pub country: String,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Taken, nothing done yet.
    Received,
    /// Being picked.
    Working,
    /// All of it is on its way; final.
    Shipped,
    /// Some of it is on its way, the rest will not come; final.
    PartiallyShipped,
    /// Nothing will come; final.
    Refused,
    /// Called off by the shop; final.
    Cancelled,
}

impl State {
    /// Whether it stays.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Received | Self::Working)
    }
}

/// A line of an [`Order`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The supplier's article code.
    pub code: String,
    /// Units ordered.
    pub quantity: u32,
    /// Units on their way.
    pub delivered: u32,
}

/// An order that the supplier took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The supplier's own id, `so_…`.
    pub id: String,
    /// The supplier's own number, for protocols that have numbers.
    #[serde(default)]
    pub number: u64,
    /// The shop's name for it.
    pub reference: String,
    /// The key that came with it.
    pub idempotency_key: Option<String>,
    /// The trace that came with it: what is told of the order of one's own accord goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Its lines.
    pub items: Vec<Item>,
    /// Where it goes, if the protocol has addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ship_to: Option<ShipTo>,
    /// What else came with it, if the protocol has parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// What is charged for it: for all that was ordered, and once it is done for all that was delivered.
    #[serde(default)]
    pub cost: Cost,
    /// The price of a unit of each line, in pence.
    #[serde(default)]
    pub unit_costs: Vec<u32>,
    /// The reports of it that the shop approved, if the protocol has reports.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub approved: BTreeSet<u64>,
    /// Who carries it, once it is on its way.
    pub carrier: Option<String>,
    /// The carrier's number, once it is on its way.
    pub tracking_number: Option<String>,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// When it came into its present state.
    pub changed_at: Timestamp,
}

impl Order {
    /// Takes an order, under a number of the supplier's. A unit costs what the supplier asks, or else what the shop
    /// expects.
    #[must_use]
    pub fn take(new: Taking, number: u64, asked: Option<u32>, now: Timestamp) -> Self {
        let unit_cost =
            |item: &TakenItem| asked.or(item.unit_cost).unwrap_or(DEFAULT_UNIT_COST).min(MAX_UNIT_COST);
        let unit_costs: Vec<u32> = new.items.iter().map(unit_cost).collect();
        let item = |item: TakenItem| Item { code: item.code, quantity: item.quantity, delivered: 0 };
        let items: Vec<Item> = new.items.into_iter().map(item).collect();
        let mut order = Self {
            id: format!("so_{}", Ulid::generate()),
            number,
            reference: new.reference,
            idempotency_key: new.idempotency_key,
            traceparent: new.traceparent,
            state: State::Received,
            items,
            ship_to: new.ship_to,
            parameters: new.parameters,
            cost: Cost::default(),
            unit_costs,
            approved: BTreeSet::new(),
            carrier: None,
            tracking_number: None,
            taken_at: now,
            changed_at: now,
        };
        order.cost = order.price(|item| item.quantity);
        order
    }

    /// The price of so many units of each line.
    fn price(&self, units: impl Fn(&Item) -> u32) -> Cost {
        let prices = self.items.iter().zip(&self.unit_costs);
        Cost::of(prices.map(|(item, unit_cost)| u64::from(units(item)) * u64::from(*unit_cost)).sum())
    }

    /// The order as it stands at `now`. Final states stay.
    #[must_use]
    pub fn as_of(&self, now: Timestamp, knobs: &Knobs) -> Self {
        let mut order = self.clone();
        if order.state.is_final() {
            return order;
        }
        if let Some(at) = self.reached(knobs.complete_after_ms, now) {
            order.finish(knobs.deliver_at_most);
            order.changed_at = at;
        } else if let Some(at) = self.reached(knobs.working_after_ms, now) {
            order.state = State::Working;
            order.changed_at = at;
        }
        order
    }

    /// Calls the order off. False if it is on its way already.
    pub fn cancel(&mut self, now: Timestamp) -> bool {
        match self.state {
            State::Received | State::Working => {
                self.state = State::Cancelled;
                self.cost = Cost::default();
                self.changed_at = now;
                true
            }
            State::Refused | State::Cancelled => true,
            State::Shipped | State::PartiallyShipped => false,
        }
    }

    /// Units on their way.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.items.iter().map(|item| u64::from(item.delivered)).sum()
    }

    /// Units ordered.
    #[must_use]
    pub fn ordered(&self) -> u64 {
        self.items.iter().map(|item| u64::from(item.quantity)).sum()
    }

    fn finish(&mut self, deliver_at_most: Option<u32>) {
        for item in &mut self.items {
            item.delivered = item.quantity.min(deliver_at_most.unwrap_or(u32::MAX));
        }
        self.cost = self.price(|item| item.delivered);
        if self.items.iter().all(|item| item.delivered == 0) {
            self.state = State::Refused;
            return;
        }
        let complete = self.items.iter().all(|item| item.delivered == item.quantity);
        self.state = if complete { State::Shipped } else { State::PartiallyShipped };
        self.carrier = Some(CARRIER.to_owned());
        self.tracking_number = Some(tracking_number(&self.id));
    }

    fn reached(&self, after_ms: Option<u64>, now: Timestamp) -> Option<Timestamp> {
        let after = SignedDuration::from_millis(i64::try_from(after_ms?).ok()?);
        let at = self.taken_at.checked_add(after).ok()?;
        (at <= now).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Order {
        let item = |code: &str, quantity, unit_cost| TakenItem { code: code.into(), quantity, unit_cost };
        let new = Taking {
            reference: "task_1".into(),
            idempotency_key: None,
            traceparent: None,
            items: vec![item("HINGE", 3, None), item("LATCH", 1, Some(30))],
            ship_to: None,
            parameters: BTreeMap::new(),
        };
        Order::take(new, 1, None, Timestamp::UNIX_EPOCH)
    }

    fn after(order: &Order, ms: i64, knobs: &Knobs) -> Order {
        order.as_of(order.taken_at + SignedDuration::from_millis(ms), knobs)
    }

    #[test]
    fn time_moves_an_order_on() {
        let (order, knobs) = (taken(), Knobs::default());
        assert_eq!(after(&order, 4_999, &knobs).state, State::Received);
        assert_eq!(after(&order, 5_000, &knobs).state, State::Working);
        assert_eq!(after(&order, 19_999, &knobs).state, State::Working);
        let shipped = after(&order, 20_000, &knobs);
        assert_eq!(shipped.state, State::Shipped);
        assert_eq!(shipped.items[0].delivered, 3);
        assert_eq!(shipped.tracking_number, after(&order, 90_000, &knobs).tracking_number);
    }

    #[test]
    fn never_is_never() {
        let knobs = Knobs { complete_after_ms: None, working_after_ms: None, ..Knobs::default() };
        assert_eq!(after(&taken(), i64::from(u32::MAX), &knobs).state, State::Received);
    }

    #[test]
    fn a_cap_on_deliveries_makes_them_partial() {
        let knobs = |cap| Knobs { deliver_at_most: Some(cap), ..Knobs::default() };
        let partial = after(&taken(), 20_000, &knobs(1));
        assert_eq!(partial.state, State::PartiallyShipped);
        assert_eq!(partial.items.iter().map(|item| item.delivered).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(after(&taken(), 20_000, &knobs(3)).state, State::Shipped);
        let nothing = after(&taken(), 20_000, &knobs(0));
        assert_eq!((nothing.state, nothing.tracking_number), (State::Refused, None));
    }

    #[test]
    fn what_is_delivered_is_charged() {
        let knobs = |cap| Knobs { deliver_at_most: cap, ..Knobs::default() };
        assert_eq!((taken().cost.amount, taken().ordered()), (330, 4));
        for (cap, pence) in [(None, 330), (Some(1), 130), (Some(0), 0)] {
            assert_eq!(after(&taken(), 20_000, &knobs(cap)).cost.amount, pence, "{cap:?}");
        }
        let mut called_off = taken();
        called_off.cancel(called_off.taken_at);
        assert_eq!(called_off.cost.amount, 0);
    }

    #[test]
    fn only_what_has_not_left_can_be_cancelled() {
        let knobs = Knobs::default();
        let mut working = after(&taken(), 6_000, &knobs);
        assert!(working.cancel(working.taken_at));
        assert_eq!(after(&working, 60_000, &knobs).state, State::Cancelled);
        let mut shipped = after(&taken(), 20_000, &knobs);
        assert!(!shipped.cancel(shipped.taken_at));
        assert_eq!(shipped.state, State::Shipped);
    }
}
