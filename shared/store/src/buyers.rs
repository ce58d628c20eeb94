//! The orders of a customer, or of a guest.

use domain::{Buyer, CustomerEmail, CustomerId, Order, OrderId};

use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Versioned};
use crate::keys;
use crate::{Database, Table};

/// Whose orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrdersOf<'a> {
    /// A customer's.
    Customer(&'a CustomerId),
    /// Those that guests placed with this address and nobody has claimed.
    Guest(&'a CustomerEmail),
}

impl OrdersOf<'_> {
    pub(crate) fn partition(self) -> String {
        match self {
            Self::Customer(id) => keys::customer_partition(id),
            Self::Guest(email) => keys::guest_partition(email),
        }
    }
}

/// Some of somebody's orders, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderList {
    /// The orders. Only an order that is read by its id is sure to be as it stands now.
    pub orders: Vec<Versioned<Order>>,
    /// After which one the next page begins, if there are more.
    pub next: Option<OrderId>,
}

/// Where an order stands in the index; nowhere once its buyer is forgotten.
pub(crate) fn partition(order: &Order) -> Option<String> {
    match order.buyer() {
        Buyer::Guest => Some(OrdersOf::Guest(order.email()).partition()),
        Buyer::Customer(id) => Some(OrdersOf::Customer(id).partition()),
        Buyer::Partner(partner) => Some(keys::partner_partition(partner.id)),
        Buyer::Leaving | Buyer::Forgotten => None,
    }
}

impl Database {
    /// Somebody's orders behind `after`, the newest first; one that was written within the last second may be missing.
    pub async fn orders_of(
        &self,
        whose: OrdersOf<'_>,
        after: Option<OrderId>,
        limit: i32,
    ) -> Result<OrderList, StoreError> {
        let theirs = Partition::of_first(Table::Orders, whose.partition()).backwards();
        let after = after.map(|id| (keys::order(id), id));
        let (orders, more) = self.page_of(&theirs, after, limit, item::versioned::<Order>).await?;
        let next = orders.last().filter(|_| more).map(|last| last.value.id());
        Ok(OrderList { orders, next })
    }
}
