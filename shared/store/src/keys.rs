//! The names of all keys, in one place.
//!
//! | Item | `pk` | `sk` | index |
//! |---|---|---|---|
//! | product | `PRODUCT#id` | `PRODUCT` | |
//! | stock of a variant | `PRODUCT#id` | `STOCK#sku` | while it runs low, `gsi1`: `LOWSTOCK`, SKU |
//! | console's entry of a product | `PRODUCT#id` | `DESK` | `gsi1`: `DESK`, title and id |
//! | listing entry | `PRODUCT#id` | `LISTING#category` | `gsi1`: `LISTING#category`, title and id |
//! | slug | `SLUG#slug` | `SLUG` | |
//! | SKU | `SKU#sku` | `SKU` | |
//! | import of products | `IMPORT#id` | `IMPORT` | `gsi1`: `IMPORTS`, id |
//! | category | `CATEGORIES` | `CATEGORY#slug` | |
//! | changes of the tree of categories | `CATEGORIES` | `TREE` | |
//! | brand | `BRANDS` | `BRAND#slug` | |
//! | synonyms | `SEARCH` | `SYNONYMS` | |
//! | adjustment of stock | `STOCKLOG#sku` | id | |
//! | upload of a picture | `UPLOAD#id` | `UPLOAD` | |
//! | pictures that may have to go | `ORPHANS` | time and id | |
//! | review | `REVIEW#id` | `REVIEW` | `gsi1`: `REVIEWSTATUS#status`, id |
//! | what everybody sees of a review | `REVIEWS#product` | review | `gsi1`: `REVIEWS#product`, rating and review |
//! | cart | `CART#id` | `CART` | |
//! | order | `ORDER#id` | `ORDER` | `gsi1`: `CUSTOMER#id` or `GUEST#e-mail`, id; none once its buyer is forgotten; `gsi2`: while it needs attention `ATTENTION`, while it is called off and not refunded `CALLEDOFF`, id |
//! | an order's events and shipments | `ORDER#id` | `EVENT#id`, `SHIPMENT#task` | |
//! | idempotency record | `IDEMPOTENCY#scope#hash` | `KEY` | |
//! | supplier | `SUPPLIER#id` | `SUPPLIER` | `gsi1`: `SUPPLIERS`, id |
//! | offer | `SUPPLIER#id` | `OFFER#sku` | `gsi1`: `SKU#sku`, supplier |
//! | strategies of routing | `ROUTING` | `DEFAULT` | |
//! | task | `TASK#id` | `TASK` | `gsi1`: `ORDER#id`, task; `gsi2`: while it is open `ACTIVE#supplier`, time of the next look and task; then `ENDED#status`, time of the end and task |
//! | message of a supplier that was taken | `WEBHOOK#supplier#message` | `KEY` | |
//! | pointer from a supplier's name for a task | `REFERENCE#supplier#hash` | `TASK` | |
//! | circuit breaker of a supplier | `SUPPLIER#id` | `CIRCUIT` | |
//! | when a supplier may be called next | `SUPPLIER#id` | `RATE` | |
//! | call to a supplier that is under way | `SUPPLIER#id` | `SLOT#number` | |
//! | what is used of a supplier's budget | `SUPPLIER#id` | `BUDGET#day`, `BUDGET#month` | |
//! | counters of a supplier's health | `SUPPLIER#id` | `HEALTH#hour` | |
//! | entry of a supplier's log | `SUPPLIER#id` | `HEALTHLOG#id` | |
//! | audit entry | `AUDIT#month` | id | `gsi1`: `AUDITSUBJECT#kind#id`, id; `gsi2`: `AUDITACTOR#id`, id |
//! | member of staff | `STAFF#person` | `STAFF` | `gsi1`: `STAFF`, e-mail |
//! | count of admins | `ADMINS` | `COUNT` | |
//! | partner key | `PARTNERKEY#id` | `KEY` | `gsi1`: `PARTNERKEYS`, id |
//! | profile | `CUSTOMER#id` | `PROFILE` | while the account is open, `gsi1`: `CUSTOMERS`, e-mail |
//! | customer's cart | `CUSTOMER#id` | `CART` | |
//! | pointer to a customer's review | `CUSTOMER#id` | `REVIEW#product` | |
//! | run of a worker | `RUNS#worker` | id | `gsi1`: `RUNS#day`, id; where it failed, `gsi2`: `FAILED#day`, id |

use domain::{
    AdjustmentId, AuditId, CartId, CustomerEmail, CustomerId, EventId, ImportId, OrderId, PartnerKeyId,
    ProductId, Rating, ReviewId, ReviewStatus, RunId, Sku, Slug, SupplierId, TaskId, TaskStatus, UploadId,
};
use jiff::Timestamp;
use jiff::civil::Date;

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

/// Key of what the console lists of a product.
#[must_use]
pub fn desk(id: ProductId) -> Key {
    Key::new(product_partition(id), DESK)
}

/// Sort key of what the console lists of a product, and the partition of all of them in the first index.
pub const DESK: &str = "DESK";

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
    Key::new(CATEGORIES.into(), format!("{CATEGORY_PREFIX}{slug}"))
}

/// What the sort keys of categories begin with.
pub const CATEGORY_PREFIX: &str = "CATEGORY#";

/// Key of the counter of changes of the tree of categories: every change of it passes here, so that two at once cannot
/// make a cycle.
#[must_use]
pub fn category_tree() -> Key {
    Key::new(CATEGORIES.into(), TREE)
}

/// Sort key of the counter of changes of the tree of categories.
pub const TREE: &str = "TREE";

/// Partition of all brands.
pub const BRANDS: &str = "BRANDS";

/// What the sort keys of brands begin with.
pub const BRAND_PREFIX: &str = "BRAND#";

/// Key of a brand.
#[must_use]
pub fn brand(slug: &Slug) -> Key {
    Key::new(BRANDS.into(), format!("{BRAND_PREFIX}{slug}"))
}

/// Partition of all stock that runs low, in the first index.
pub const LOW_STOCK: &str = "LOWSTOCK";

/// Partition of the adjustments of a SKU's stock.
#[must_use]
pub fn stock_log(sku: &Sku) -> String {
    format!("STOCKLOG#{sku}")
}

/// Key of an adjustment of a SKU's stock.
#[must_use]
pub fn adjustment(sku: &Sku, id: AdjustmentId) -> Key {
    Key::new(stock_log(sku), id.to_string())
}

/// Key of an upload of a picture.
#[must_use]
pub fn upload(id: UploadId) -> Key {
    Key::new(format!("UPLOAD#{id}"), "UPLOAD")
}

/// Partition of what was written down about pictures that may have to go.
pub const ORPHANS: &str = "ORPHANS";

/// Key of what was written down about pictures at a time; `id` tells it from what else was written down then.
#[must_use]
pub fn orphans(at: Timestamp, id: EventId) -> Key {
    Key::new(ORPHANS.into(), format!("{}#{id}", sortable_time(at)))
}

/// Key of a review.
#[must_use]
pub fn review(id: ReviewId) -> Key {
    Key::new(format!("REVIEW#{id}"), "REVIEW")
}

/// Partition of the reviews with a status, in the first index.
#[must_use]
pub fn reviews_with(status: ReviewStatus) -> String {
    format!("REVIEWSTATUS#{}", status.name())
}

/// Partition of what everybody sees of a product's reviews, by age in the table and by rating in the first index.
#[must_use]
pub fn reviews_of(product: ProductId) -> String {
    format!("REVIEWS#{product}")
}

/// Key of what everybody sees of a review.
#[must_use]
pub fn review_entry(product: ProductId, id: ReviewId) -> Key {
    Key::new(reviews_of(product), id.to_string())
}

/// Sort key of what everybody sees of a review in the first index.
#[must_use]
pub fn review_rank(rating: Rating, id: ReviewId) -> String {
    format!("{}#{id}", rating.get())
}

/// What the sort keys of the pointers to a customer's reviews begin with.
pub const REVIEW_PREFIX: &str = "REVIEW#";

/// Key of the pointer to a customer's review of a product.
#[must_use]
pub fn review_by(customer: &CustomerId, product: ProductId) -> Key {
    Key::new(customer_partition(customer), format!("{REVIEW_PREFIX}{product}"))
}

/// Key of the words that mean the same.
#[must_use]
pub fn synonyms() -> Key {
    Key::new("SEARCH".into(), SYNONYMS)
}

/// Sort key of the words that mean the same.
pub const SYNONYMS: &str = "SYNONYMS";

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

/// Partition of a customer: in the customers' table theirs, in the index of orders the orders they bought.
#[must_use]
pub fn customer_partition(id: &CustomerId) -> String {
    format!("CUSTOMER#{id}")
}

/// Partition of a guest's orders in the index of orders.
#[must_use]
pub fn guest_partition(email: &CustomerEmail) -> String {
    format!("GUEST#{}", email.folded())
}

/// Key of a customer's profile.
#[must_use]
pub fn profile(id: &CustomerId) -> Key {
    Key::new(customer_partition(id), "PROFILE")
}

/// Partition of all open accounts in the first index.
pub const CUSTOMERS: &str = "CUSTOMERS";

/// Key of the pointer to a customer's cart.
#[must_use]
pub fn customer_cart(id: &CustomerId) -> Key {
    Key::new(customer_partition(id), "CART")
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

/// What the sort keys of offers begin with.
pub const OFFER_PREFIX: &str = "OFFER#";

/// Key of an offer.
#[must_use]
pub fn offer(supplier: SupplierId, sku: &Sku) -> Key {
    Key::new(supplier_partition(supplier), format!("{OFFER_PREFIX}{sku}"))
}

/// Partition of all offers for a SKU in the first index.
#[must_use]
pub fn offers_of(sku: &Sku) -> String {
    format!("SKU#{sku}")
}

/// Key of the strategies by which suppliers are chosen.
#[must_use]
pub fn routing() -> Key {
    Key::new("ROUTING".into(), "DEFAULT")
}

/// Key of a task.
#[must_use]
pub fn task(id: TaskId) -> Key {
    Key::new(format!("TASK#{id}"), "TASK")
}

/// Key of the pointer from a supplier's name for a task; `hash` is that of the name, which may be longer than a key.
#[must_use]
pub fn reference(supplier: SupplierId, hash: &str) -> Key {
    Key::new(format!("REFERENCE#{supplier}#{hash}"), "TASK")
}

/// Key of a supplier's circuit breaker.
#[must_use]
pub fn circuit(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), "CIRCUIT")
}

/// Key of the time of the next call to a supplier.
#[must_use]
pub fn rate(id: SupplierId) -> Key {
    Key::new(supplier_partition(id), "RATE")
}

/// What the sort keys of calls that are under way begin with.
pub const SLOT_PREFIX: &str = "SLOT#";

/// Key of one of a supplier's slots for calls.
#[must_use]
pub fn slot(id: SupplierId, number: u32) -> Key {
    Key::new(supplier_partition(id), format!("{SLOT_PREFIX}{number}"))
}

/// Key of what is used of a supplier's budget of a day (`2026-11-22`) or a month (`2026-11`).
#[must_use]
pub fn budget(id: SupplierId, period: &str) -> Key {
    Key::new(supplier_partition(id), format!("BUDGET#{period}"))
}

/// What the sort keys of counters of health begin with.
pub const HEALTH_PREFIX: &str = "HEALTH#";

/// Key of the counters of a supplier's health in an hour, such as `2026-11-22T07`.
#[must_use]
pub fn health(id: SupplierId, hour: &str) -> Key {
    Key::new(supplier_partition(id), format!("{HEALTH_PREFIX}{hour}"))
}

/// What the sort keys of a supplier's log begin with.
pub const HEALTH_LOG_PREFIX: &str = "HEALTHLOG#";

/// Key of an entry of a supplier's log.
#[must_use]
pub fn health_log(id: SupplierId, entry: EventId) -> Key {
    Key::new(supplier_partition(id), format!("{HEALTH_LOG_PREFIX}{entry}"))
}

/// Partition of the orders that need attention, in the second index.
pub const ATTENTION: &str = "ATTENTION";

/// Partition of the orders in the second index that were called off and wait for suppliers or for their refund.
pub const CALLED_OFF: &str = "CALLEDOFF";

/// Key of what is remembered of a message that a supplier sent of its own accord.
#[must_use]
pub fn webhook(supplier: SupplierId, message: &str) -> Key {
    Key::new(format!("WEBHOOK#{supplier}#{message}"), "KEY")
}

/// Partition of the tasks in the second index that ended like this.
#[must_use]
pub fn ended_tasks(status: TaskStatus) -> String {
    format!("ENDED#{}", status.name())
}

/// Partition of a supplier's open tasks in the second index.
#[must_use]
pub fn active_tasks(supplier: SupplierId) -> String {
    format!("ACTIVE#{supplier}")
}

/// Sort key of a task in the second index: when to look at it next or, of one that ended, when it did, to the second; then
/// which.
#[must_use]
pub fn task_at(at: Timestamp, task: TaskId) -> String {
    format!("{}#{task}", sortable_time(at))
}

/// A time to the second, in a form that sorts like it.
#[must_use]
pub fn sortable_time(at: Timestamp) -> String {
    format!("{:012}", at.as_second().max(0))
}

/// Key of an import of products.
#[must_use]
pub fn import(id: ImportId) -> Key {
    Key::new(format!("IMPORT#{id}"), "IMPORT")
}

/// Partition of all imports in the first index.
pub const IMPORTS: &str = "IMPORTS";

/// Key of an entry of the audit trail; `month` is the year and month it was written in, as `2026-11`.
#[must_use]
pub fn audit(month: &str, id: AuditId) -> Key {
    Key::new(audit_partition(month), id.to_string())
}

/// Partition of a month's audit entries.
#[must_use]
pub fn audit_partition(month: &str) -> String {
    format!("AUDIT#{month}")
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

/// Key of somebody who works here.
#[must_use]
pub fn staff(id: &CustomerId) -> Key {
    Key::new(format!("STAFF#{id}"), "STAFF")
}

/// Partition of everybody who works here, in the first index.
pub const STAFF: &str = "STAFF";

/// Key of the count of admins.
#[must_use]
pub fn admins() -> Key {
    Key::new("ADMINS".into(), "COUNT")
}

/// Key of a partner's key.
#[must_use]
pub fn partner_key(id: PartnerKeyId) -> Key {
    Key::new(format!("PARTNERKEY#{id}"), "KEY")
}

/// Partition of all partner keys, in the first index.
pub const PARTNER_KEYS: &str = "PARTNERKEYS";

/// Partition of a worker's runs.
#[must_use]
pub fn runs_of(worker: &str) -> String {
    format!("RUNS#{worker}")
}

/// Partition of all runs that began on a day (UTC), in the first index.
#[must_use]
pub fn runs_on(day: Date) -> String {
    format!("RUNS#{day}")
}

/// Partition of the runs that began on a day (UTC) and failed, in the second index.
#[must_use]
pub fn failed_runs_on(day: Date) -> String {
    format!("FAILED#{day}")
}

/// Key of a run.
#[must_use]
pub fn run(worker: &str, id: RunId) -> Key {
    Key::new(runs_of(worker), id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_page_is_one_range_of_its_partition() {
        assert!(DESK < LISTING_PREFIX && LISTING_PREFIX < PRODUCT && PRODUCT < STOCK_PREFIX);
    }

    #[test]
    fn open_tasks_sort_by_time() {
        let id = TaskId::generate();
        let at = |seconds| task_at(Timestamp::from_second(seconds).unwrap(), id);
        assert!(at(999) < at(1_000) && at(1_000) < at(10_000_000_000));
        assert!(at(1_000) > sortable_time(Timestamp::from_second(1_000).unwrap()));
    }
}
