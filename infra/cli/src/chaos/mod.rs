//! A chaos run: a retailer's invoices are bought and fulfilled while everything goes wrong, and then the books are checked.
//!
//! Five suppliers of three protocols, each of which fails in its own way in ten to thirty of a hundred requests, share the
//! orders. All the while functions are killed, messages come twice, budgets and limits are short, and schedules tick fast.
//! At the end every order must be fulfilled or need a person for a reason, nothing may have been ordered or sent twice, no
//! budget ever passed, all costs must agree to the penny, and every queue be empty.
//!
//! Each run has goods, suppliers and orders of its own, so it can be repeated on a stack, and a small one can share a stack
//! with others.

mod args;
pub mod books;
pub mod buyers;
pub mod cast;
pub mod checks;
mod director;
pub mod doubles;
pub mod figures;
pub mod killer;
pub mod machine;
pub mod report;
pub mod roles;
mod run;
pub mod sampler;
pub mod scene;
pub mod spells;
pub mod stage;

pub use args::ChaosArgs;
pub use run::{ChaosError, chaos};
