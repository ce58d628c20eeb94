//! How many pieces of a SKU.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A quantity outside of what one line may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be a whole number from 1 to {max}", max = Quantity::MAX)]
pub struct QuantityError;

/// A number of pieces: at least one, at most [`Quantity::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Quantity(NonZeroU32);

impl Quantity {
    /// The most pieces that one line may hold.
    pub const MAX: u32 = 1_000_000;
    /// One piece.
    pub const ONE: Self = Self(NonZeroU32::MIN);

    /// Checks a number that came from outside.
    pub fn parse(number: i64) -> Result<Self, QuantityError> {
        u32::try_from(number)
            .ok()
            .filter(|n| *n <= Self::MAX)
            .and_then(NonZeroU32::new)
            .map(Self)
            .ok_or(QuantityError)
    }

    /// The number of pieces.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// The sum of two quantities, unless it exceeds [`Quantity::MAX`].
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        Self::parse(i64::from(self.get()) + i64::from(other.get()))
    }

    /// The sum of two quantities, or [`Quantity::MAX`] where that is less.
    #[must_use]
    pub fn plus_at_most(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.get()).min(NonZeroU32::MIN.saturating_add(Self::MAX - 1)))
    }
}

impl TryFrom<i64> for Quantity {
    type Error = QuantityError;

    fn try_from(number: i64) -> Result<Self, QuantityError> {
        Self::parse(number)
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> i64 {
        i64::from(quantity.get())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_the_maximum_is_a_quantity() {
        for good in [1, 2, i64::from(Quantity::MAX)] {
            assert_eq!(i64::from(Quantity::parse(good).unwrap()), good);
        }
        for bad in [0, -1, i64::from(Quantity::MAX) + 1, i64::MAX, i64::MIN] {
            assert_eq!(Quantity::parse(bad), Err(QuantityError));
        }
    }

    #[test]
    fn a_sum_beyond_the_maximum_is_refused() {
        let most = Quantity::parse(i64::from(Quantity::MAX)).unwrap();
        assert_eq!(most.plus(Quantity::ONE), Err(QuantityError));
        assert_eq!(Quantity::ONE.plus(Quantity::ONE), Quantity::parse(2));
        assert_eq!(most.plus_at_most(Quantity::ONE), most);
        assert_eq!(Quantity::ONE.plus_at_most(Quantity::ONE).get(), 2);
    }
}
