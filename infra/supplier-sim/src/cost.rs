//! What simulated suppliers charge.

use serde::{Deserialize, Serialize};

/// What a unit costs if neither the supplier nor the shop says so, in pence.
pub const DEFAULT_UNIT_COST: u32 = 100;

/// The highest price of a unit, in pence.
pub const MAX_UNIT_COST: u32 = 10_000_000;

/// What they charge in.
pub const CURRENCY: &str = "GBP";

/// Money, as the simulator writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Pence.
    pub amount: u64,
    /// Always `GBP`.
    pub currency: String,
}

impl Cost {
    /// So many pence.
    #[must_use]
    pub fn of(pence: u64) -> Self {
        Self { amount: pence, currency: CURRENCY.to_owned() }
    }
}

impl Default for Cost {
    fn default() -> Self {
        Self::of(0)
    }
}

/// Pence as pounds, such as `18.99`.
#[must_use]
pub fn major(pence: u64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

/// Pounds, such as `18.9`, as pence.
#[must_use]
pub fn pence(pounds: &str) -> Option<u32> {
    let (whole, fraction) = pounds.split_once('.').unwrap_or((pounds, "0"));
    let fraction = format!("{fraction:0<2}");
    if fraction.len() > 2 {
        return None;
    }
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(fraction.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pence_are_written_as_pounds() {
        for (pence, text) in [(0, "0.00"), (7, "0.07"), (1899, "18.99"), (100_000, "1000.00")] {
            assert_eq!(major(pence), text);
            assert_eq!(super::pence(text).map(u64::from), Some(pence));
        }
        for (text, wanted) in [("2.5", Some(250)), ("2", Some(200)), ("2.505", None), ("free", None)] {
            assert_eq!(super::pence(text), wanted, "{text}");
        }
    }
}
