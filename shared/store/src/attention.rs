//! Orders that somebody must look after: those that need a person, and those that were called off and wait for their
//! suppliers or for their refund. Each kind is a partition of the second index.

use domain::{Order, OrderId, OrderStatus};

use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Versioned};
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
        list: &str,
        after: Option<OrderId>,
        limit: i32,
    ) -> Result<OrderQueue, StoreError> {
        let list = Partition::of_second(Table::Orders, list);
        let after = after.map(|id| (keys::order(id), id));
        let (orders, more) = self.page_of(&list, after, limit, item::versioned::<Order>).await?;
        let next = orders.last().filter(|_| more).map(|last| last.value.id());
        Ok(OrderQueue { orders, next })
    }
}
