//! A quantity that is spread over a time.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Instalment;
use crate::money::Money;
use crate::quantity::Quantity;

/// How the pieces are spread over the instalments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Curve {
    /// Every instalment is as large as the others.
    Even,
    /// The first is the largest, each one after it smaller by the same step.
    FrontLoaded,
    /// As large as the hour of the day (UTC, from midnight) in which it is released weighs.
    ByHour {
        /// The weights of the 24 hours, not all zero.
        weights: [u16; 24],
    },
}

/// What cannot be paced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaceError {
    /// The end.
    #[error("must be after the start, by at most {days} days", days = Pace::LONGEST.as_hours() / 24)]
    End,
    /// The number of instalments.
    #[error("must be a whole number from 1 to {max}, and at most one for each piece", max = Pace::MAX_INSTALMENTS)]
    Instalments,
    /// The time between them.
    #[error("must leave at least {minutes} minutes between two", minutes = Pace::SHORTEST_STEP.as_mins())]
    Step,
    /// The weights of the hours.
    #[error("must not all be zero in the hours in which instalments are due")]
    Weights,
    /// The budget.
    #[error("must be more than nothing")]
    Budget,
}

impl PaceError {
    /// Where the bad member stands in the input: names with a slash between them.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Instalments | Self::Step => "instalments",
            Self::Weights => "curve/weights",
            Self::Budget => "budget",
        }
    }
}

/// A pace as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaceInput {
    /// How many pieces in all.
    pub quantity: Quantity,
    /// When the first instalment is released.
    pub start: Timestamp,
    /// Until when all are released.
    pub end: Timestamp,
    /// How many instalments.
    pub instalments: u32,
    /// How large each is.
    pub curve: Curve,
    /// What all instalments together may cost, at the prices of when each is released; without end where it is absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub budget: Option<Money>,
}

/// How a quantity is released over time. The pieces of all instalments together are exactly the quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PaceInput", into = "PaceInput")]
pub struct Pace(PaceInput);

impl Pace {
    /// The most instalments: one for each day of three years.
    pub const MAX_INSTALMENTS: u32 = 3 * 365;
    /// The longest time between start and end.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(3 * 365 * 24);
    /// The shortest time between two instalments: several ticks of the schedule that releases them.
    pub const SHORTEST_STEP: SignedDuration = SignedDuration::from_mins(5);

    /// Checks a pace that came from outside.
    pub fn parse(input: PaceInput) -> Result<Self, PaceError> {
        if input.instalments > input.quantity.get() {
            return Err(PaceError::Instalments);
        }
        Self::try_from(input)
    }

    /// What was asked for.
    #[must_use]
    pub fn terms(&self) -> &PaceInput {
        &self.0
    }

    /// The time between two instalments.
    #[must_use]
    pub fn step(&self) -> SignedDuration {
        self.0.end.duration_since(self.0.start) / i32::try_from(self.0.instalments).unwrap_or(i32::MAX)
    }

    /// What is released when, in order of time. Instalments that hold no piece are left out.
    #[must_use]
    pub fn instalments(&self) -> Vec<Instalment> {
        let weights = self.weights();
        let all: u64 = weights.iter().map(|(_, weight)| weight).sum();
        let pieces = u64::from(self.0.quantity.get());
        let (mut weighed, mut released) = (0_u64, 0_u64);
        let mut instalments = Vec::new();
        for ((at, weight), place) in weights.into_iter().zip(0..) {
            weighed += weight;
            // What is due by now, rounded up, less what was released before: the first one that weighs anything holds a
            // piece, so that what was moved to now can be released now.
            let due = (pieces * weighed).div_ceil(all.max(1));
            let quantity = i64::try_from(due - released).ok().and_then(|pieces| Quantity::parse(pieces).ok());
            released = due;
            instalments.extend(quantity.map(|quantity| Instalment { place, at, quantity }));
        }
        instalments
    }

    /// What is left from the instalment at `place` on, when that is released at `at`: the others follow with the same time
    /// between them. Nothing if no piece is left.
    #[must_use]
    pub fn moved(&self, place: u32, at: Timestamp) -> Option<Self> {
        let parts = self.instalments();
        let left: u32 = parts.iter().filter(|part| part.place >= place).map(|part| part.quantity.get()).sum();
        let quantity = Quantity::parse(i64::from(left)).ok()?;
        let places = self.0.instalments.saturating_sub(place);
        let input = PaceInput {
            quantity,
            start: at,
            end: at + self.step() * i32::try_from(places).unwrap_or(i32::MAX),
            instalments: places.max(1),
            ..self.0.clone()
        };
        let even = PaceInput { curve: Curve::Even, ..input.clone() };
        // The hours that are left may all weigh nothing.
        Self::try_from(input).or_else(|_| Self::try_from(even)).ok()
    }

    /// When each instalment is released, and what it weighs.
    fn weights(&self) -> Vec<(Timestamp, u64)> {
        let (number, step) = (self.0.instalments, self.step());
        let instalment = |index: u32| {
            let at = self.0.start + step * i32::try_from(index).unwrap_or(i32::MAX);
            let weight = match &self.0.curve {
                Curve::Even => 1,
                Curve::FrontLoaded => u64::from(number - index),
                Curve::ByHour { weights } => {
                    let hour = at.to_zoned(TimeZone::UTC).hour();
                    usize::try_from(hour)
                        .ok()
                        .and_then(|hour| weights.get(hour))
                        .copied()
                        .map_or(0, u64::from)
                }
            };
            (at, weight)
        };
        (0..number).map(instalment).collect()
    }
}

impl TryFrom<PaceInput> for Pace {
    type Error = PaceError;

    /// What is left of a pace may have more instalments than pieces.
    fn try_from(input: PaceInput) -> Result<Self, PaceError> {
        let time = input.end.duration_since(input.start);
        if !time.is_positive() || time > Self::LONGEST {
            return Err(PaceError::End);
        }
        if !(1..=Self::MAX_INSTALMENTS).contains(&input.instalments) {
            return Err(PaceError::Instalments);
        }
        if input.budget.is_some_and(|budget| budget.amount() <= 0) {
            return Err(PaceError::Budget);
        }
        let pace = Self(input);
        if pace.0.instalments > 1 && pace.step() < Self::SHORTEST_STEP {
            return Err(PaceError::Step);
        }
        if pace.weights().iter().all(|(_, weight)| *weight == 0) { Err(PaceError::Weights) } else { Ok(pace) }
    }
}

impl From<Pace> for PaceInput {
    fn from(pace: Pace) -> Self {
        pace.0
    }
}
