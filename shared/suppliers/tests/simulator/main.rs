//! Every adapter that speaks to suppliers, against the simulated supplier.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../conformance/mod.rs"]
mod conformance;
mod http_json;
mod panel;
mod peer;
mod taskboard;
