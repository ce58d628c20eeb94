//! Routing: nothing is lost or added, limits are kept, the better offer wins, and the plan says why.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod helpers;
mod properties;
mod reasons;
mod strategies;
mod waiting;
