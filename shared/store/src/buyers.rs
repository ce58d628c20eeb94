//! The orders of a customer, or of a guest.

use domain::{Buyer, CustomerEmail, CustomerId, Order, OrderId};

use crate::error::StoreError;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::{Database, Table};

/// The index of orders by buyer.
const INDEX: &str = "gsi1";

/// Whose orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrdersOf<'a> {
    /// A customer's.
    Customer(&'a CustomerId),
    /// Those that guests placed with this address and nobody has claimed.
    Guest(&'a CustomerEmail),
}

impl OrdersOf<'_> {
    fn partition(self) -> String {
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
        let partition = whose.partition();
        let start = after.map(|id| {
            let mut start: Item = keys::order(id).into_item();
            start.insert("gsi1pk".into(), item::text(&partition));
            start.insert("gsi1sk".into(), item::text(id));
            start
        });
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Orders)?)
            .index_name(INDEX)
            .key_condition_expression("gsi1pk = :buyer")
            .expression_attribute_values(":buyer", item::text(&partition))
            .scan_index_forward(false)
            .set_exclusive_start_key(start)
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        let orders: Vec<Versioned<Order>> =
            answer.items().iter().map(item::versioned).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.and(orders.last().map(|order| order.value.id()));
        Ok(OrderList { orders, next })
    }
}
