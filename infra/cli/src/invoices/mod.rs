//! A retailer's invoice lines: CSV with the columns `InvoiceNo`, `StockCode`, `Description`, `Quantity`,
//! `InvoiceDate`, `UnitPrice`, `CustomerID` and `Country`, plain or compressed with gzip.

pub mod numbers;
mod reader;

pub use reader::{FileError, Line, Lines, Unreadable};

/// Whether an invoice takes another one back: its number begins with `C`.
#[must_use]
pub fn is_cancellation(invoice: &str) -> bool {
    invoice.starts_with(['C', 'c'])
}
