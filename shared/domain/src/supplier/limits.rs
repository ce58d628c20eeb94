//! How hard a supplier may be pressed, and how much of the work it gets.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A number that is no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be a whole number from 1 to {max}", max = Weight::MAX)]
pub struct WeightError;

/// The share of the orders that a supplier gets where suppliers are drawn by lot: twice the weight, twice the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Weight(NonZeroU32);

impl Weight {
    /// The highest weight.
    pub const MAX: u32 = 100;

    /// Checks a number that came from outside.
    pub fn parse(number: i64) -> Result<Self, WeightError> {
        bounded(number, Self::MAX).map(Self).ok_or(WeightError)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self(NonZeroU32::MIN)
    }
}

impl TryFrom<i64> for Weight {
    type Error = WeightError;

    fn try_from(number: i64) -> Result<Self, WeightError> {
        Self::parse(number)
    }
}

impl From<Weight> for i64 {
    fn from(weight: Weight) -> i64 {
        i64::from(weight.get())
    }
}

/// Numbers that are no limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LimitsError {
    /// The calls in one minute.
    #[error("must be a whole number from 1 to {max}", max = Limits::MAX_PER_MINUTE)]
    PerMinute,
    /// The calls at once.
    #[error("must be a whole number from 1 to {max}", max = Limits::MAX_CONCURRENT)]
    Concurrent,
}

impl LimitsError {
    /// The name of the bad limit as it stands in the input.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::PerMinute => "perMinute",
            Self::Concurrent => "concurrent",
        }
    }
}

/// How hard a supplier may be pressed; without a number there is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Numbers")]
pub struct Limits {
    #[serde(skip_serializing_if = "Option::is_none")]
    per_minute: Option<NonZeroU32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    concurrent: Option<NonZeroU32>,
}

impl Limits {
    /// The highest limit of calls in one minute.
    pub const MAX_PER_MINUTE: u32 = 6_000;
    /// The highest limit of calls at once.
    pub const MAX_CONCURRENT: u32 = 50;

    /// Checks numbers that came from outside.
    pub fn parse(per_minute: Option<i64>, concurrent: Option<i64>) -> Result<Self, LimitsError> {
        let check = |number: Option<i64>, max, error| {
            number.map(|number| bounded(number, max).ok_or(error)).transpose()
        };
        Ok(Self {
            per_minute: check(per_minute, Self::MAX_PER_MINUTE, LimitsError::PerMinute)?,
            concurrent: check(concurrent, Self::MAX_CONCURRENT, LimitsError::Concurrent)?,
        })
    }

    /// How many calls may begin in one minute.
    #[must_use]
    pub fn per_minute(self) -> Option<u32> {
        self.per_minute.map(NonZeroU32::get)
    }

    /// How many calls may be under way at once.
    #[must_use]
    pub fn concurrent(self) -> Option<u32> {
        self.concurrent.map(NonZeroU32::get)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Numbers {
    per_minute: Option<i64>,
    concurrent: Option<i64>,
}

impl TryFrom<Numbers> for Limits {
    type Error = LimitsError;

    fn try_from(numbers: Numbers) -> Result<Self, LimitsError> {
        Self::parse(numbers.per_minute, numbers.concurrent)
    }
}

fn bounded(number: i64, max: u32) -> Option<NonZeroU32> {
    u32::try_from(number).ok().filter(|number| *number <= max).and_then(NonZeroU32::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_one_to_its_maximum() {
        for good in [1, i64::from(Weight::MAX)] {
            assert_eq!(i64::from(Weight::parse(good).unwrap()), good);
        }
        for bad in [0, -1, i64::from(Weight::MAX) + 1, i64::MAX] {
            assert_eq!(Weight::parse(bad), Err(WeightError), "{bad}");
        }
        assert_eq!(Weight::default().get(), 1);
    }

    #[test]
    fn limits_are_one_to_their_maximum_or_absent() {
        let (calls, workers) = (i64::from(Limits::MAX_PER_MINUTE), i64::from(Limits::MAX_CONCURRENT));
        let limits = Limits::parse(Some(calls), Some(workers)).unwrap();
        assert_eq!(limits.per_minute(), Some(Limits::MAX_PER_MINUTE));
        assert_eq!(limits.concurrent(), Some(Limits::MAX_CONCURRENT));
        assert_eq!(Limits::parse(None, None), Ok(Limits::default()));
        for bad in [0, -1, calls + 1] {
            assert_eq!(Limits::parse(Some(bad), None), Err(LimitsError::PerMinute), "{bad}");
        }
        for bad in [0, -1, workers + 1] {
            assert_eq!(Limits::parse(None, Some(bad)), Err(LimitsError::Concurrent), "{bad}");
        }
    }

    #[test]
    fn a_stored_limit_passes_the_same_door() {
        let read = |json| serde_json::from_str::<Limits>(json);
        assert_eq!(read("{}").unwrap(), Limits::default());
        assert_eq!(read(r#"{"perMinute":60}"#).unwrap(), Limits::parse(Some(60), None).unwrap());
        assert!(read(r#"{"concurrent":0}"#).is_err());
    }
}
