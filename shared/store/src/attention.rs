//! Orders that somebody must look after: those that need a person, and those that were called off and wait for their
//! suppliers or for their refund. Each kind is a partition of the second index.

use domain::{Order, OrderId, OrderStatus};

use crate::error::StoreError;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::{Database, Table};

/// Orders in the order in which they were placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderQueue {
    /// The orders.
    pub orders: Vec<Versioned<Order>>,
    /// Behind which order it goes on; nothing at the end.
    pub next: Option<OrderId>,
}

/// The partition of the second index in which an order stands.
pub(crate) fn partition(order: &Order) -> Option<&'static str> {
    if order.attention().is_some() {
        return Some(keys::ATTENTION);
    }
    (order.status() == OrderStatus::Cancelled).then_some(keys::CALLED_OFF)
}

impl Database {
    /// Orders that need a person, behind `after`, the oldest first; one that was written within the last second may be
    /// missing.
    pub async fn orders_needing_attention(
        &self,
        after: Option<OrderId>,
        limit: i32,
    ) -> Result<OrderQueue, StoreError> {
        self.order_queue(keys::ATTENTION, after, limit).await
    }

    /// Orders that were called off and wait for their suppliers or their refund, behind `after`, the oldest first; one that
    /// was written within the last second may be missing.
    pub async fn orders_called_off(
        &self,
        after: Option<OrderId>,
        limit: i32,
    ) -> Result<OrderQueue, StoreError> {
        self.order_queue(keys::CALLED_OFF, after, limit).await
    }

    async fn order_queue(
        &self,
        partition: &str,
        after: Option<OrderId>,
        limit: i32,
    ) -> Result<OrderQueue, StoreError> {
        let start = after.map(|id| {
            let mut start: Item = keys::order(id).into_item();
            start.insert("gsi2pk".into(), item::text(partition));
            start.insert("gsi2sk".into(), item::text(id));
            start
        });
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Orders)?)
            .index_name("gsi2")
            .key_condition_expression("gsi2pk = :list")
            .expression_attribute_values(":list", item::text(partition))
            .set_exclusive_start_key(start)
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        let orders: Vec<Versioned<Order>> =
            answer.items().iter().map(item::versioned).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.and(orders.last().map(|order| order.value.id()));
        Ok(OrderQueue { orders, next })
    }
}
