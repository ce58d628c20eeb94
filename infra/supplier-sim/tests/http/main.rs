//! The simulator as its callers see it.
#![allow(clippy::unwrap_used)]

mod knobs;
mod orders;
mod rig;
mod state_file;
