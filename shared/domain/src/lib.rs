//! The shop's types and rules: money, catalogue, cart, order, task and routing.
//!
//! Everything here is pure: no I/O, no clock (the caller passes the time), no JSON of anyone else's. A value that
//! exists is valid; text becomes a value through a `parse` function that says what was wrong.

pub mod address;
pub mod cart;
pub mod customer;
pub mod email;
pub mod event;
pub mod ids;
pub mod money;
pub mod order;
pub mod payment;
pub mod product;
pub mod quantity;
pub mod routing;
pub mod sku;
pub mod stock;
pub mod supplier;
pub mod task;
pub mod totals;

mod text;

pub use address::{Address, AddressInput, FieldError};
pub use cart::{Cart, CartLine};
pub use customer::CustomerId;
pub use email::CustomerEmail;
pub use event::OrderEventType;
pub use ids::{AuditId, CartId, EventId, OrderId, PaymentId, ProductId, SupplierId, TaskId};
pub use money::{Currency, Money, MoneyError};
pub use order::{Order, OrderLine, OrderStatus};
pub use payment::{Payment, PaymentProvider, PaymentStatus};
pub use product::{Product, Slug, Variant};
pub use quantity::Quantity;
pub use sku::Sku;
pub use stock::Stock;
pub use supplier::{Offer, Supplier};
pub use task::{Task, TaskItem, TaskStatus};
pub use totals::Totals;

/// The most distinct SKUs that one cart, and so one order, may hold.
///
/// An order is placed in one `DynamoDB` transaction of at most 100 actions: one for each SKU's stock, and four for the
/// order, its first event, the idempotency record and the cart.
pub const MAX_LINES: usize = 96;
