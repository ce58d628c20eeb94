//! The simulator as its callers see it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod access;
mod faults;
mod inbox;
mod knobs;
mod orders;
mod panel;
mod rig;
mod state_file;
mod taskboard;
mod webhooks;
