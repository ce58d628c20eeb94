//! Replays a retailer's invoices as orders: placed, paid and fulfilled over the public API.
//!
//! The first so many invoices of a file, in the file's order, each become one order: the quantities of equal stock codes
//! are summed, a cart is filled, the order placed and paid with the sandbox's card, and then followed until it is final.
//! Cancellations (invoice numbers with `C`) are counted apart. At the end every invoice is accounted for, the totals of
//! the orders are compared with quantity times catalogue price, and for every SKU the stock before with what has become
//! of it.

pub mod buy;
pub mod call;
pub mod drive;
pub mod invoice;
pub mod outcome;
pub mod reconcile;
pub mod report;
mod run;
pub mod shop;

pub use run::{Plan, ReplayError, replay};
