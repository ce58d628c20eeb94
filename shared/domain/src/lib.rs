//! The shop's types and rules: money, catalogue, cart, order, task and routing.
//!
//! Everything here is pure: no I/O, no clock (the caller passes the time), no JSON of anyone else's. A value that
//! exists is valid; text becomes a value through a `parse` function that says what was wrong.

pub mod address;
pub mod address_book;
pub mod backoff;
pub mod brand;
pub mod budget;
pub mod cart;
pub mod category;
pub mod circuit;
pub mod customer;
pub mod email;
pub mod event;
pub mod ids;
pub mod import;
pub mod money;
pub mod order;
pub mod pacing;
pub mod partner;
pub mod payment;
pub mod polling;
pub mod product;
pub mod profile;
pub mod quantity;
pub mod review;
pub mod routing;
pub mod sku;
pub mod staff;
pub mod stock;
pub mod supplier;
pub mod synonyms;
pub mod task;
pub mod topic;
pub mod totals;
pub mod trace;
pub mod webhook;

mod text;

pub use address::{Address, AddressInput, FieldError};
pub use address_book::{AddressBook, AddressBookError, BookEntry};
pub use brand::Brand;
pub use budget::{Budget, Reservation, Tally, TallyChange};
pub use cart::{Cart, CartLine};
pub use category::{CategoryNode, CategoryTree};
pub use circuit::{Circuit, CircuitView};
pub use customer::{CustomerId, PersonName};
pub use email::CustomerEmail;
pub use event::{OrderEventType, TaskEventType};
pub use ids::{
    AddressId, AdjustmentId, AuditId, CartId, DeliveryId, EventId, ImageId, ImportId, OrderId, PacedOrderId,
    PartnerId, PartnerKeyId, PaymentId, ProductId, RefundId, ReviewId, RunId, SupplierId, TaskId, UploadId,
    WebhookId,
};
pub use import::ImportMode;
pub use money::{Currency, Money, MoneyError};
pub use order::{Buyer, Cancellation, Order, OrderLine, OrderStatus};
pub use pacing::{PacedOrder, PacedStatus};
pub use partner::{Partner, PartnerKeyName, PartnerRef, PartnerReference, PartnerScope};
pub use payment::{Payment, PaymentProvider, PaymentStatus, Refund, RefundStatus};
pub use product::{Product, ProductStatus, Slug, Variant};
pub use profile::Profile;
pub use quantity::Quantity;
pub use review::{Rating, Review, ReviewStatus};
pub use sku::Sku;
pub use staff::Group;
pub use stock::Stock;
pub use supplier::{Limits, Offer, Supplier, SupplierStatus, Weight, Window};
pub use synonyms::Synonyms;
pub use task::{Task, TaskItem, TaskStatus};
pub use topic::Topic;
pub use totals::Totals;
pub use trace::TraceId;
pub use webhook::{PauseReason, Webhook, WebhookEvent};

/// The most distinct SKUs that one cart, and so one order, may hold.
///
/// An order is placed in one `DynamoDB` transaction of at most 100 actions: one for each SKU's stock, and four for the
/// order, its first event, the idempotency record and the cart.
pub const MAX_LINES: usize = 96;
