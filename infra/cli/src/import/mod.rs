//! Makes a catalogue of a retailer's invoices.
//!
//! Every `StockCode` with a positive price in at least one row becomes a product of one variant:
//!
//! - Its title is its most frequent description, the alphabetically first of equally frequent ones. Only rows with a
//!   positive price count, since the others describe accidents (`damaged`, `lost`).
//! - Its price is its most frequent positive unit price, the lowest of equally frequent ones.
//! - Codes are taken literally: `85123A` and `85123a` are two articles, as nothing in the file says that they are one;
//!   and postage, fees and discounts that are invoiced under a code of their own are articles too, in the category
//!   *Charges and services*.

pub mod category;
pub mod fault;
pub mod product;
pub mod report;
mod run;
pub mod tally;

pub use run::{ImportError, Imported, import, read, tally};
