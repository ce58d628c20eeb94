//! Orders, carts, and what orders are listed by.

use domain::{CartId, CustomerEmail, EventId, OrderId, PacedOrderId, TaskId};
use jiff::Timestamp;

use super::{Key, sortable_time};

/// Key of a cart.
#[must_use]
pub fn cart(id: CartId) -> Key {
    Key::new(format!("CART#{id}"), "CART")
}

/// Partition of an order, its events and its shipments.
#[must_use]
pub fn order_partition(id: OrderId) -> String {
    format!("ORDER#{id}")
}

/// Sort key of an order.
pub const ORDER: &str = "ORDER";

/// Key of an order.
#[must_use]
pub fn order(id: OrderId) -> Key {
    Key::new(order_partition(id), ORDER)
}

/// What the sort keys of an order's events begin with.
pub const EVENT_PREFIX: &str = "EVENT#";

/// Key of an event of an order.
#[must_use]
pub fn event(order: OrderId, id: EventId) -> Key {
    Key::new(order_partition(order), format!("{EVENT_PREFIX}{id}"))
}

/// What the sort keys of an order's shipments begin with.
pub const SHIPMENT_PREFIX: &str = "SHIPMENT#";

/// Key of the shipment that came of a task.
#[must_use]
pub fn shipment(order: OrderId, task: TaskId) -> Key {
    Key::new(order_partition(order), format!("{SHIPMENT_PREFIX}{task}"))
}

/// Partition of a guest's orders in the index of orders.
#[must_use]
pub fn guest_partition(email: &CustomerEmail) -> String {
    format!("GUEST#{}", email.folded())
}

/// Partition of a paced order and its instalments.
#[must_use]
pub fn paced_partition(id: PacedOrderId) -> String {
    format!("{PACED}#{id}")
}

/// Sort key of a paced order, and the partition of all of them in the first index.
pub const PACED: &str = "PACED";

/// Key of a paced order.
#[must_use]
pub fn paced(id: PacedOrderId) -> Key {
    Key::new(paced_partition(id), PACED)
}

/// What the sort keys of pointers to paced orders begin with.
pub const PACED_PREFIX: &str = "PACED#";

/// Key of the pointer from whoever buys – the partition of a customer, or of a guest – to a paced order of theirs.
#[must_use]
pub fn paced_of(buyer: String, id: PacedOrderId) -> Key {
    Key::new(buyer, format!("{PACED_PREFIX}{id}"))
}

/// What the sort keys of instalments begin with.
pub const INSTALMENT_PREFIX: &str = "INSTALMENT#";

/// Key of an instalment of a paced order; they sort by their numbers.
#[must_use]
pub fn instalment(id: PacedOrderId, number: u32) -> Key {
    Key::new(paced_partition(id), format!("{INSTALMENT_PREFIX}{number:06}"))
}

/// Partition of the running paced orders in the second index.
pub const PACED_DUE: &str = "PACEDUE";

/// Sort key of a paced order in the indexes: of when it was made in the first, of when it is due in the second.
#[must_use]
pub fn paced_at(at: Timestamp, id: PacedOrderId) -> String {
    format!("{}#{id}", sortable_time(at))
}

/// Key of an idempotency record; `hash` is that of the client's key.
#[must_use]
pub fn idempotency(scope: &str, hash: &str) -> Key {
    Key::new(format!("IDEMPOTENCY#{scope}#{hash}"), "KEY")
}

/// Partition of the orders that need attention, in the second index.
pub const ATTENTION: &str = "ATTENTION";

/// Partition of the orders in the second index that were called off and wait for suppliers or for their refund.
pub const CALLED_OFF: &str = "CALLEDOFF";
