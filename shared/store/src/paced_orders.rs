//! Paced orders and their instalments.
//!
//! An instalment and how far the paced order has come are written in the transaction that places the instalment's order: none
//! is released twice, none is counted that was not placed.

use domain::pacing::PacedOrder;
use domain::{Money, OrderId, PacedOrderId, PacedStatus, Quantity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::buyers::OrdersOf;
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// How many pages of the index are read for one page of a list, so that a list of few among many answers in time. What was
/// found by then is the page, which may be empty although there is more.
const MAX_READS: usize = 5;

/// An instalment that was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleasedInstalment {
    /// Which one it is, counted from 1.
    pub number: u32,
    /// The order that was placed.
    pub order_id: OrderId,
    /// How many pieces.
    pub quantity: Quantity,
    /// What they cost.
    pub total: Money,
    /// When it was released.
    pub at: Timestamp,
}

/// A place in the list of paced orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PacedPosition {
    /// When the paced order was made.
    pub created_at: Timestamp,
    /// Which of those that were made then.
    pub id: PacedOrderId,
}

impl PacedPosition {
    fn of(order: &PacedOrder) -> Self {
        Self { created_at: order.created_at(), id: order.id() }
    }

    fn sort_key(self) -> String {
        keys::paced_at(self.created_at, self.id)
    }
}

/// Some paced orders, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacedOrderList {
    /// The paced orders. Only one that is read by its id is sure to be as it stands now.
    pub orders: Vec<Versioned<PacedOrder>>,
    /// Behind which one the next page begins, if there are more.
    pub next: Option<PacedPosition>,
}

impl Database {
    /// A paced order as of now.
    pub async fn paced_order(&self, id: PacedOrderId) -> Result<Option<Versioned<PacedOrder>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(keys::paced(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// The latest instalments that were released, at most `limit` of them, in the order in which they were.
    pub async fn released_instalments(
        &self,
        id: PacedOrderId,
        limit: i32,
    ) -> Result<Vec<ReleasedInstalment>, StoreError> {
        let request = self
            .client
            .query()
            .table_name(self.table(Table::Orders)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", item::text(keys::paced_partition(id)))
            .expression_attribute_values(":prefix", item::text(keys::INSTALMENT_PREFIX))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(limit);
        let found = request.send().await.map_err(StoreError::sdk("Query"))?;
        found.items().iter().rev().map(item::data).collect()
    }

    /// Paced orders behind `after`, the newest first: all, or those that stand like this. One that was written within the last
    /// second may be missing.
    pub async fn paced_orders(
        &self,
        status: Option<PacedStatus>,
        mut after: Option<PacedPosition>,
        limit: i32,
    ) -> Result<PacedOrderList, StoreError> {
        let wanted = usize::try_from(limit).unwrap_or_default();
        let all = Partition::of_first(Table::Orders, keys::PACED).backwards();
        let mut orders: Vec<Versioned<PacedOrder>> = Vec::new();
        for _ in 0..MAX_READS {
            let start = after.map(|position| (keys::paced(position.id), position.sort_key()));
            let (page, more) = self.page_of(&all, start, limit, item::versioned::<PacedOrder>).await?;
            let end = page.last().map(|order| PacedPosition::of(&order.value));
            for order in page {
                let position = PacedPosition::of(&order.value);
                if status.is_none_or(|status| order.value.status() == status) {
                    orders.push(order);
                }
                if orders.len() == wanted {
                    let next = Some(position).filter(|_| more || end != Some(position));
                    return Ok(PacedOrderList { orders, next });
                }
            }
            if !more {
                return Ok(PacedOrderList { orders, next: None });
            }
            after = end;
        }
        Ok(PacedOrderList { orders, next: after })
    }

    /// The paced orders of which an instalment is due by `now`, the most urgent first, at most `limit` of them; one that was
    /// written within the last second may be missing.
    pub async fn due_paced_orders(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<PacedOrderId>, StoreError> {
        let due = Partition::of_second(Table::Orders, keys::PACED_DUE).until(keys::until(now));
        let orders = self.first_of(&due, Some(limit), item::data::<PacedOrder>).await?;
        // The index counts whole seconds.
        let due = orders.iter().filter(|order| order.due_at().is_some_and(|due| due <= now));
        Ok(due.map(PacedOrder::id).collect())
    }

    /// Somebody's paced orders, as of now.
    pub async fn paced_orders_of(
        &self,
        whose: OrdersOf<'_>,
    ) -> Result<Vec<Versioned<PacedOrder>>, StoreError> {
        let mut pointers = self
            .client
            .query()
            .table_name(self.table(Table::Orders)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", item::text(whose.partition()))
            .expression_attribute_values(":prefix", item::text(keys::PACED_PREFIX))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut found = Vec::new();
        while let Some(pointer) = pointers.next().await {
            let id = item::data(&pointer.map_err(StoreError::sdk("Query"))?)?;
            found.extend(self.paced_order(id).await?);
        }
        Ok(found)
    }
}

/// Whose a paced order is.
fn whose(order: &PacedOrder) -> OrdersOf<'_> {
    order.customer().map_or(OrdersOf::Guest(order.email()), OrdersOf::Customer)
}

impl Transaction<'_> {
    /// Stores a new paced order, and the pointer to it from whoever buys.
    pub fn create_paced_order(&mut self, order: &PacedOrder) -> Result<&mut Self, StoreError> {
        let pointer = item::with_data(keys::paced_of(whose(order).partition(), order.id()), &order.id(), [])?;
        self.put(Subject::PacedOrder, Table::Orders, item(order, 1)?, Some("attribute_not_exists(pk)"))?.put(
            Subject::Unconditional,
            Table::Orders,
            pointer,
            None,
        )
    }

    /// Stores a changed paced order, if nobody else changed it since it was read.
    pub fn update_paced_order(&mut self, order: &Versioned<PacedOrder>) -> Result<&mut Self, StoreError> {
        let item = item(&order.value, order.version + 1)?;
        self.put_over(Subject::PacedOrder, Table::Orders, item, order.version)
    }

    /// Removes the pointer from whoever buys to a paced order that no longer says who that is.
    pub fn unpoint_paced_order(&mut self, before: &PacedOrder) -> Result<&mut Self, StoreError> {
        self.remove(Table::Orders, keys::paced_of(whose(before).partition(), before.id()))
    }

    /// Adds an instalment that was released.
    pub fn add_instalment(
        &mut self,
        id: PacedOrderId,
        instalment: &ReleasedInstalment,
    ) -> Result<&mut Self, StoreError> {
        let item = item::with_data(keys::instalment(id, instalment.number), instalment, [])?;
        self.put(Subject::PacedOrder, Table::Orders, item, Some("attribute_not_exists(pk)"))
    }
}

/// A paced order as it is stored. One that is running stands in the second index by the time of its next instalment.
fn item(order: &PacedOrder, version: u64) -> Result<Item, StoreError> {
    let id = order.id();
    let more = [
        (item::VERSION, item::number(version)),
        ("gsi1pk", item::text(keys::PACED)),
        ("gsi1sk", item::text(PacedPosition::of(order).sort_key())),
    ];
    let mut item = item::with_data(keys::paced(id), order, more)?;
    if let Some(due) = order.due_at() {
        item.insert("gsi2pk".into(), item::text(keys::PACED_DUE));
        item.insert("gsi2sk".into(), item::text(keys::paced_at(due, id)));
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use domain::pacing::{
        Every, EveryUnit, NewPacedOrder, Plan, StatusChange, Subscription, SubscriptionInput,
    };
    use domain::{Currency, CustomerEmail, Sku};

    use super::*;
    use crate::fixtures::address;

    fn paced() -> PacedOrder {
        let start: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
        let every = Every { unit: EveryUnit::Weeks, count: 2 };
        let input = SubscriptionInput { quantity: Quantity::ONE, every, start, until: None, times: Some(3) };
        let new = NewPacedOrder {
            id: PacedOrderId::generate(),
            name: "Nails".into(),
            customer: None,
            email: CustomerEmail::parse("ada@example.org").unwrap(),
            shipping_address: address(),
            sku: Sku::parse("NAIL-50").unwrap(),
            plan: Plan::Subscription(Subscription::parse(input).unwrap()),
            created_by: "grace@example.org".into(),
            currency: Currency::Gbp,
        };
        PacedOrder::new(new, start)
    }

    #[test]
    fn only_a_running_one_stands_in_the_index_of_what_is_due() {
        let mut order = paced();
        let stored = item(&order, 1).unwrap();
        assert_eq!(item::read_text(&stored, "gsi2pk").unwrap(), "PACEDUE");
        let due = order.due_at().unwrap().as_second();
        assert_eq!(item::read_text(&stored, "gsi2sk").unwrap(), format!("00{due}#{}", order.id()));
        let change = StatusChange { by: None, at: Timestamp::now(), note: None };
        order.set_status(PacedStatus::Paused, change).unwrap();
        let stored = item(&order, 2).unwrap();
        assert!(!stored.contains_key("gsi2pk") && !stored.contains_key("gsi2sk"));
        assert_eq!(
            item::read_text(&stored, "gsi1sk").unwrap(),
            format!("00{due}#{}", order.id()),
            "by when it was made"
        );
    }

    #[test]
    fn a_guest_is_known_by_the_address_in_any_case() {
        let order = paced();
        assert_eq!(whose(&order).partition(), "GUEST#ada@example.org");
        let key = keys::paced_of(whose(&order).partition(), order.id());
        assert!(key.sk.starts_with(keys::PACED_PREFIX) && key.sk.ends_with(&order.id().to_string()));
    }

    #[test]
    fn a_paced_order_is_read_as_it_was_stored() {
        let order = paced();
        let read = item::versioned::<PacedOrder>(&item(&order, 7).unwrap()).unwrap();
        assert_eq!(read, Versioned { value: order, version: 7 });
    }
}
