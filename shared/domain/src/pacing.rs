//! Paced orders: goods of one article that are released over time, in instalments, each of which is an order of its own.
//!
//! A [`Plan`] says how much is to be released when: a [`Pace`] spreads a quantity over a time, a [`Subscription`] releases
//! the same quantity again and again. From the plan alone follows what is released when, so that nothing but the plan and how
//! far it has come need be kept. A [`PacedOrder`] is a plan with whom the goods go to and how far it has come.
//!
//! ```text
//! running ──▶ finished
//!  │  ▲  │
//!  ▼  │  ▼
//! paused ──▶ stopped
//! ```
//!
//! What was missed is never caught up at once: instalments of a pace that are late move all that come after them, dates of a
//! subscription that have passed are left out.

mod order;
mod pace;
mod plan;
mod status;
mod subscription;
mod view;

#[cfg(test)]
mod tests;

pub use order::{NewPacedOrder, PacedNameError, PacedOrder};
pub use pace::{Curve, Pace, PaceError, PaceInput};
pub use plan::{Extent, Instalment, Plan, PlanError};
pub use status::{PacedOrderError, PacedStatus, StatusChange, Waiting};
pub use subscription::{Every, EveryUnit, Subscription, SubscriptionError, SubscriptionInput};
