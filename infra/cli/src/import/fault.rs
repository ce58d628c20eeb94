//! What can be wrong with a row.

use std::fmt;

use serde::Serialize;

use crate::invoices::Line;
use crate::invoices::numbers::AmountError;

/// What is wrong with a row. A row with several faults counts under the first of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Fault {
    /// The row has no columns, or is no text.
    Unreadable,
    /// `StockCode` is empty.
    NoStockCode,
    /// `Description` is empty.
    NoDescription,
    /// `UnitPrice` is no decimal number.
    UnreadablePrice,
    /// `UnitPrice` has a fraction of a minor unit.
    PriceTooFine,
    /// `UnitPrice` is negative.
    NegativePrice,
    /// `UnitPrice` is zero.
    ZeroPrice,
    /// `Quantity` is no whole number.
    UnreadableQuantity,
    /// `Quantity` is zero.
    ZeroQuantity,
    /// `Quantity` is negative: a return, a cancellation or a correction.
    NegativeQuantity,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "unreadable row",
            Self::NoStockCode => "no stock code",
            Self::NoDescription => "no description",
            Self::UnreadablePrice => "unreadable price",
            Self::PriceTooFine => "price with a fraction of a penny",
            Self::NegativePrice => "negative price",
            Self::ZeroPrice => "zero price",
            Self::UnreadableQuantity => "unreadable quantity",
            Self::ZeroQuantity => "zero quantity",
            Self::NegativeQuantity => "negative quantity",
        })
    }
}

/// What a faulty row was good for nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Used {
    /// For nothing.
    Nothing,
    /// For the price.
    Price,
    /// For the price and the title, but not for the quantity sold.
    PriceAndTitle,
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing",
            Self::Price => "price",
            Self::PriceAndTitle => "price and title",
        })
    }
}

/// A row with a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The row's number in the file.
    pub row: u64,
    /// What is wrong with it.
    pub fault: Fault,
    /// What it was good for nevertheless.
    pub used: Used,
    /// What was read; nothing where the row is unreadable.
    pub line: Option<Line>,
    /// More about the fault.
    pub detail: String,
}

/// The first fault of a row, if it has one.
pub(super) fn fault(line: &Line, price: Result<i64, AmountError>, quantity: Option<i64>) -> Option<Fault> {
    if line.code.is_empty() {
        return Some(Fault::NoStockCode);
    }
    if line.description.is_empty() {
        return Some(Fault::NoDescription);
    }
    match price {
        Err(AmountError::NotDecimal) => return Some(Fault::UnreadablePrice),
        Err(AmountError::TooFine) => return Some(Fault::PriceTooFine),
        Ok(..0) => return Some(Fault::NegativePrice),
        Ok(0) => return Some(Fault::ZeroPrice),
        Ok(1..) => {}
    }
    match quantity {
        None => Some(Fault::UnreadableQuantity),
        Some(..0) => Some(Fault::NegativeQuantity),
        Some(0) => Some(Fault::ZeroQuantity),
        Some(1..) => None,
    }
}
