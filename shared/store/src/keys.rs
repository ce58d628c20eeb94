//! The names of all keys, in one place.
//!
//! | Item | `pk` | `sk` | index |
//! |---|---|---|---|
//! | product | `PRODUCT#id` | `PRODUCT` | |
//! | stock of a variant | `PRODUCT#id` | `STOCK#sku` | |
//! | listing entry | `PRODUCT#id` | `LISTING#category` | `gsi1`: `LISTING#category`, title and id |
//! | slug | `SLUG#slug` | `SLUG` | |
//! | SKU | `SKU#sku` | `SKU` | |
//! | category | `CATEGORIES` | `CATEGORY#slug` | |
//! | cart | `CART#id` | `CART` | |
//! | order, its events and shipments | `ORDER#id` | `ORDER`, `EVENT#id`, `SHIPMENT#task` | |
//! | idempotency record | `IDEMPOTENCY#scope#hash` | `KEY` | |
//! | supplier | `SUPPLIER#id` | `SUPPLIER` | `gsi1`: `SUPPLIERS`, id |
//! | offer | `SUPPLIER#id` | `OFFER#sku` | `gsi1`: `SKU#sku`, supplier |
//! | task | `TASK#id` | `TASK` | `gsi1`: `ORDER#id`, task; while it is open, `gsi2`: `ACTIVE#supplier`, time and task |

use domain::{AuditId, CartId, EventId, OrderId, ProductId, Sku, Slug, SupplierId, TaskId};
use jiff::Timestamp;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }
}

/// The partition of a product, its stock and its listing entries.
#[must_use]
pub fn product_partition(id: ProductId) -> String {
    format!("PRODUCT#{id}")
}

/// Sort key of a product. `STOCK#…` sorts behind it and `LISTING#…` before, so that one query from here on gives
/// what a product page shows.
pub const PRODUCT: &str = "PRODUCT";

/// Key of a product.
#[must_use]
pub fn product(id: ProductId) -> Key {
    Key::new(product_partition(id), PRODUCT)
}

/// Key of a variant's stock.
#[must_use]
pub fn stock(id: ProductId, sku: &Sku) -> Key {
    Key::new(product_partition(id), format!("STOCK#{sku}"))
}

/// What the sort keys of stock begin with.
pub const STOCK_PREFIX: &str = "STOCK#";

/// What the sort keys of listing entries begin with.
pub const LISTING_PREFIX: &str = "LISTING#";

/// Partition of a category in the index of listings; `None` for the listing of everything.
#[must_use]
pub fn listing_partition(category: Option<&Slug>) -> String {
    format!("{LISTING_PREFIX}{}", category.map_or(EVERYTHING, Slug::as_str))
}

/// Stands for all categories. No slug has capital letters.
const EVERYTHING: &str = "ALL";

/// Key of a product's entry in a listing.
#[must_use]
pub fn listing(id: ProductId, category: Option<&Slug>) -> Key {
    Key::new(product_partition(id), listing_partition(category))
}

/// Key of the pointer from a slug to its product.
#[must_use]
pub fn slug(slug: &Slug) -> Key {
    Key::new(format!("SLUG#{slug}"), "SLUG")
}

/// Key of the pointer from a SKU to its product.
#[must_use]
pub fn sku(sku: &Sku) -> Key {
    Key::new(format!("SKU#{sku}"), "SKU")
}

/// Partition of all categories.
pub const CATEGORIES: &str = "CATEGORIES";

/// Key of a category.
#[must_use]
pub fn category(slug: &Slug) -> Key {
    Key::new(CATEGORIES.into(), format!("CATEGORY#{slug}"))
}

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

/// Key of an idempotency record; `hash` is that of the client's key.
#[must_use]
pub fn idempotency(scope: &str, hash: &str) -> Key {
    Key::new(format!("IDEMPOTENCY#{scope}#{hash}"), "KEY")
}

/// Partition of a supplier and its offers.
#[must_use]
pub fn supplier_partition(id: SupplierId) -> String {
    format!("SUPPLIER#{id}")
}

/// Key of a supplier.
#[must_use]
pub fn supplier(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), "SUPPLIER")
}

/// Partition of all suppliers in the first index.
pub const SUPPLIERS: &str = "SUPPLIERS";

/// Key of an offer.
#[must_use]
pub fn offer(supplier: SupplierId, sku: &Sku) -> Key {
    Key::new(supplier_partition(supplier), format!("OFFER#{sku}"))
}

/// Partition of all offers for a SKU in the first index.
#[must_use]
pub fn offers_of(sku: &Sku) -> String {
    format!("SKU#{sku}")
}

/// Key of a task.
#[must_use]
pub fn task(id: TaskId) -> Key {
    Key::new(format!("TASK#{id}"), "TASK")
}

/// Partition of a supplier's open tasks in the second index.
#[must_use]
pub fn active_tasks(supplier: SupplierId) -> String {
    format!("ACTIVE#{supplier}")
}

/// Sort key of an open task in the second index: when to look after it, to the second, then which.
#[must_use]
pub fn active_task(attention_at: Timestamp, task: TaskId) -> String {
    format!("{}#{task}", attention_time(attention_at))
}

/// The part of [`active_task`] that is the time, in a form that sorts like it.
#[must_use]
pub fn attention_time(at: Timestamp) -> String {
    format!("{:012}", at.as_second().max(0))
}

/// Key of an entry of the audit trail; `month` is the year and month it was written in, as `2026-11`.
#[must_use]
pub fn audit(month: &str, id: AuditId) -> Key {
    Key::new(format!("AUDIT#{month}"), id.to_string())
}

/// Partition of all entries about one thing, in the first index.
#[must_use]
pub fn audit_of_subject(kind: &str, id: &str) -> String {
    format!("AUDITSUBJECT#{kind}#{id}")
}

/// Partition of all entries of one actor, in the second index.
#[must_use]
pub fn audit_of_actor(id: &str) -> String {
    format!("AUDITACTOR#{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_page_is_one_range_of_its_partition() {
        assert!(LISTING_PREFIX < PRODUCT && PRODUCT < STOCK_PREFIX);
    }

    #[test]
    fn open_tasks_sort_by_time() {
        let id = TaskId::generate();
        let at = |seconds| active_task(Timestamp::from_second(seconds).unwrap(), id);
        assert!(at(999) < at(1_000) && at(1_000) < at(10_000_000_000));
        assert!(at(1_000) > attention_time(Timestamp::from_second(1_000).unwrap()));
    }
}
