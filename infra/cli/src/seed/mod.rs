//! The demo shop: a catalogue, its pictures and two suppliers, kept as data in `infra/cli/seed`.

pub mod catalogue;
pub mod departments;
pub mod pictures;
pub mod reviews;
mod run;
pub mod suppliers;

pub use run::{SeedError, Seeded, SuppliersReady, ensure_suppliers, seed, write_suppliers};
