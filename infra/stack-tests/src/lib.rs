//! What the end-to-end tests share. They live in `tests/` and drive the deployed local stack from outside: through the
//! public API, the queues, the tables and the supplier simulator's memory. Each test makes its own products, suppliers
//! and orders, so that they run in parallel and in any order.
#![allow(
    clippy::expect_used,
    clippy::double_must_use,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are the helpers of tests: they fail by panicking"
)]

pub mod cloudwatch;
pub mod desk;
pub mod listener;
pub mod logs;
pub mod merchant_webhook;
pub mod order_desk;
pub mod paced;
pub mod page;
pub mod partner;
pub mod people;
pub mod shopper;
pub mod sign_in;
pub mod stack;
pub mod supplier;

pub use desk::Desk;
pub use partner::Partner;
pub use people::SignedIn;
pub use shopper::{Answer, PlacedOrder, Shopper};
pub use stack::{Stack, wait_for};
pub use supplier::TestSupplier;
