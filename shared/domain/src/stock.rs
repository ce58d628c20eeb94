//! Stock of one SKU.

use serde::{Deserialize, Serialize};

/// How many pieces of a SKU there are, by what has become of them. All three together change only when goods arrive or
/// are written off: an order moves pieces from one to the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stock {
    /// Free to be ordered.
    pub available: u64,
    /// Held for orders that await their payment.
    pub reserved: u64,
    /// Paid for.
    pub sold: u64,
}

impl Stock {
    /// `available` pieces that nobody has ordered yet.
    #[must_use]
    pub fn fresh(available: u64) -> Self {
        Self { available, ..Self::default() }
    }

    /// All pieces that were ever put on the shelf.
    #[must_use]
    pub fn total(self) -> u64 {
        self.available + self.reserved + self.sold
    }
}
