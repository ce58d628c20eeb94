//! An order and how it moves with time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::{knobs::Knobs, tracking::tracking_number};

const CARRIER: &str = "Northgate Parcels";

/// What a shop sends to order.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewOrder {
    /// The shop's own name for the order.
    pub reference: String,
    /// What to deliver.
    pub items: Vec<NewItem>,
    /// Where to.
    pub ship_to: ShipTo,
}

/// A line of a [`NewOrder`].
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewItem {
    /// The supplier's article code.
    pub code: String,
    /// Units.
    pub quantity: u32,
}

impl NewOrder {
    /// What is wrong with this order, if anything.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        if self.reference.trim().is_empty() {
            Some("reference is empty")
        } else if self.items.is_empty() {
            Some("items is empty")
        } else if self.items.iter().any(|item| item.quantity == 0 || item.code.is_empty()) {
            Some("every item needs a code and a quantity of at least 1")
        } else {
            None
        }
    }
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
    fn is_final(self) -> bool {
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
    /// The shop's name for it.
    pub reference: String,
    /// The key that came with it.
    pub idempotency_key: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Its lines.
    pub items: Vec<Item>,
    /// Where it goes.
    pub ship_to: ShipTo,
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
    /// Takes an order.
    #[must_use]
    pub fn take(new: NewOrder, idempotency_key: Option<String>, now: Timestamp) -> Self {
        let item = |item: NewItem| Item { code: item.code, quantity: item.quantity, delivered: 0 };
        Self {
            id: format!("so_{}", Ulid::generate()),
            reference: new.reference,
            idempotency_key,
            state: State::Received,
            items: new.items.into_iter().map(item).collect(),
            ship_to: new.ship_to,
            carrier: None,
            tracking_number: None,
            taken_at: now,
            changed_at: now,
        }
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
                self.changed_at = now;
                true
            }
            State::Refused | State::Cancelled => true,
            State::Shipped | State::PartiallyShipped => false,
        }
    }

    fn finish(&mut self, deliver_at_most: Option<u32>) {
        for item in &mut self.items {
            item.delivered = item.quantity.min(deliver_at_most.unwrap_or(u32::MAX));
        }
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
        let item = |code: &str, quantity| NewItem { code: code.into(), quantity };
        let new = NewOrder {
            reference: "task_1".into(),
            items: vec![item("HINGE", 3), item("LATCH", 1)],
            ship_to: ShipTo {
                name: "A. Smith".into(),
                line1: "1 Forge Lane".into(),
                line2: None,
                city: "Sheffield".into(),
                region: None,
                postal_code: "S1 1AA".into(),
                country: "GB".into(),
            },
        };
        Order::take(new, None, Timestamp::UNIX_EPOCH)
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
