//! Products as CSV files (RFC 4180, UTF-8): one row for each variant, products told apart by their slugs.
//!
//! - A product that the shop does not have is made; one that it has is changed. A column that the file does not have
//!   leaves the products' values as they are, an empty cell takes the value away.
//! - What belongs to the product (title, description …) stands in its first row; in its other rows these cells are empty
//!   or say the same.
//! - Variants that the file does not name stay as they are. Stock and pictures are not in the file: stock changes only
//!   with a reason, pictures are uploaded.
//! - What is written out reads back as no change at all.

mod apply;
mod columns;
mod export;
pub mod price;
mod run;
mod sheet;
mod write;

pub use apply::Setting;
pub use columns::Column;
pub use export::{Part, part};
pub use run::{Change, Importer, Plan, Step};
pub use sheet::{Sheet, SheetProduct};
pub use write::{header, line, marked, rows, unmarked};

/// The most bytes of a file.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// The most rows of a file, its header apart.
pub const MAX_ROWS: usize = 50_000;
