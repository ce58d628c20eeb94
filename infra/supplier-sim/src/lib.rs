//! A simulated supplier with knobs that a test can turn while it runs, and a memory of every order it took.
//!
//! One process plays many suppliers: the first segment of the path names one, and it is made when it is first
//! spoken to, so that tests which run in parallel never meet.

mod board;
mod change;
mod cost;
mod counters;
mod fault;
mod http;
mod inbox;
mod journal;
mod knobs;
mod order;
mod outcome;
mod serve;
mod simulator;
mod supplier;
mod tokens;
mod tracking;
mod webhooks;

pub use fault::{Fault, FaultKind};
pub use http::{MAX_BODY_BYTES, MAX_STATUS_IDS};
pub use journal::JournalError;
pub use knobs::{Knobs, MAX_LATENCY_MS, Operation, Webhook, WebhookScheme};
pub use serve::serve;
pub use simulator::{MAX_NAME_LENGTH, Simulator};
