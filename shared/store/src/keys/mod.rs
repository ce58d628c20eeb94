//! The names of all keys, in one place; those of a table in a module.
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
//! | order | `ORDER#id` | `ORDER` | `gsi1`: `CUSTOMER#id`, `GUEST#e-mail` or `PARTNER#id`, id; none once its buyer is forgotten; `gsi2`: while it needs attention `ATTENTION`, while it is called off and not refunded `CALLEDOFF`, id |
//! | an order's events and shipments | `ORDER#id` | `EVENT#id`, `SHIPMENT#task` | |
//! | order that a partner sent | `PARTNER#id` | `INTAKE#reference` | until it is placed, `gsi1`: `PARTNER#id`, id of the order; while it waits, `gsi2`: `RECEIVED`, id of the order |
//! | paced order | `PACED#id` | `PACED` | `gsi1`: `PACED`, time it was made and id; while it is running, `gsi2`: `PACEDUE`, time of the next instalment and id |
//! | pointer to somebody's paced order | `CUSTOMER#id` or `GUEST#e-mail` | `PACED#id` | |
//! | instalment of a paced order | `PACED#id` | `INSTALMENT#number` | |
//! | idempotency record | `IDEMPOTENCY#scope#hash` | `KEY` | |
//! | supplier | `SUPPLIER#id` | `SUPPLIER` | `gsi1`: `SUPPLIERS`, id |
//! | supplier that was deleted | `SUPPLIER#id` | `FORMER` | `gsi1`: `FORMERSUPPLIERS`, id |
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
//! | partner's callback | `PARTNER#id` | `CALLBACK` | |
//! | call to a partner about an event | `PARTNER#id` | `DELIVERY#event` | |
//! | webhook | `WEBHOOK#id` | `WEBHOOK` | `gsi1`: `WEBHOOKS`, id |
//! | the telling of an event to a webhook | `WEBHOOK#id` | `DELIVERY#id` | `gsi1`: `WEBHOOK#id#state`, id |
//! | a try of that | `WEBHOOK#id` | `ATTEMPT#delivery#number` | |
//! | partner key | `PARTNERKEY#id` | `KEY` | `gsi1`: `PARTNERKEYS`, id |
//! | profile | `CUSTOMER#id` | `PROFILE` | while the account is open, `gsi1`: `CUSTOMERS`, e-mail |
//! | customer's cart | `CUSTOMER#id` | `CART` | |
//! | pointer to a customer's review | `CUSTOMER#id` | `REVIEW#product` | |
//! | connection of a browser | `CONNECTION#id` | `CONNECTION` | |
//! | somebody who follows a topic | `TOPIC#topic` | `CONNECTION#id` | |
//! | where a run that upgrades a table's items is | `UPGRADE` | `BOOKMARK` | |
//! | run of a worker | `RUNS#worker` | id | `gsi1`: `RUNS#day`, id; where it failed, `gsi2`: `FAILED#day`, id |

mod catalog;
mod console;
mod customers;
mod fulfilment;
mod operations;
mod orders;
mod partners;
mod realtime;
mod webhooks;

use jiff::Timestamp;

pub use self::{
    catalog::*, console::*, customers::*, fulfilment::*, operations::*, orders::*, partners::*, realtime::*,
    webhooks::*,
};

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

/// A time to the second, in a form that sorts like it.
#[must_use]
pub fn sortable_time(at: Timestamp) -> String {
    format!("{:012}", at.as_second().max(0))
}

/// Key of where a run that upgrades a table's items is; each table may have one.
#[must_use]
pub fn upgrade() -> Key {
    Key::new("UPGRADE".into(), "BOOKMARK")
}

/// Behind all sort keys that begin with this second or one before, and go on with `#` and an id.
#[must_use]
pub fn until(at: Timestamp) -> String {
    // `~` sorts behind every id.
    format!("{}#~", sortable_time(at))
}
