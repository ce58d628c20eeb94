//! What is to be released when.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Pace, PaceError, Subscription, SubscriptionError};
use crate::money::Money;
use crate::quantity::Quantity;

/// What is released at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Its place in the plan, counted from 0. Some places may be empty.
    pub place: u32,
    /// From when on.
    pub at: Timestamp,
    /// How many pieces.
    pub quantity: Quantity,
}

/// All that a plan, or the rest of one, releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The number of instalments.
    pub instalments: u32,
    /// Their pieces together.
    pub pieces: u64,
    /// When the last of them is released; nothing where there is none.
    pub ends_at: Option<Timestamp>,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlanError {
    /// The start is too long ago, or too far away.
    #[error("must not be more than {hours} hours ago, nor more than {days} days from now", hours = Plan::EARLIEST_START.as_hours(), days = Plan::LATEST_START.as_hours() / 24)]
    Start,
    /// The pace.
    #[error(transparent)]
    Pace(#[from] PaceError),
    /// The subscription.
    #[error(transparent)]
    Subscription(#[from] SubscriptionError),
}

impl PlanError {
    /// Where the bad member stands in the input: names with a slash between them.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Pace(error) => error.field(),
            Self::Subscription(error) => error.field(),
        }
    }
}

/// What is to be released when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Plan {
    /// A quantity that is spread over a time.
    Pace(Pace),
    /// The same quantity again and again.
    Subscription(Subscription),
}

impl Plan {
    /// How long ago a new plan may have started: somebody may have typed the midnight before.
    pub const EARLIEST_START: SignedDuration = SignedDuration::from_hours(24);
    /// How far away the start of a new plan may be.
    pub const LATEST_START: SignedDuration = SignedDuration::from_hours(3 * 365 * 24);

    /// Checks that a new plan starts neither too long ago nor too far away.
    pub fn check_start(&self, now: Timestamp) -> Result<(), PlanError> {
        let from_now = self.start().duration_since(now);
        let good = (-Self::EARLIEST_START..=Self::LATEST_START).contains(&from_now);
        if good { Ok(()) } else { Err(PlanError::Start) }
    }

    /// When it starts.
    #[must_use]
    pub fn start(&self) -> Timestamp {
        match self {
            Self::Pace(pace) => pace.terms().start,
            Self::Subscription(subscription) => subscription.terms().start,
        }
    }

    /// What it may cost in all, where somebody has said so.
    #[must_use]
    pub fn budget(&self) -> Option<Money> {
        match self {
            Self::Pace(pace) => pace.terms().budget,
            Self::Subscription(_) => None,
        }
    }

    /// Whether it goes on until somebody stops it.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        matches!(self, Self::Subscription(subscription) if subscription.is_endless())
    }

    /// The first `limit` instalments from `place` on, when so many were released before.
    #[must_use]
    pub fn instalments(&self, place: u32, released: u32, limit: usize) -> Vec<Instalment> {
        match self {
            Self::Pace(pace) => {
                let coming = pace.instalments().into_iter().filter(|part| part.place >= place);
                coming.take(limit).collect()
            }
            Self::Subscription(subscription) => {
                let terms = subscription.terms();
                let left = terms.times.map_or(usize::MAX, |times| {
                    usize::try_from(times.saturating_sub(released)).unwrap_or(usize::MAX)
                });
                let date = |place| {
                    let at = subscription.date(place)?;
                    Some(Instalment { place, at, quantity: terms.quantity })
                };
                (place..u32::MAX).map_while(date).take(left.min(limit)).collect()
            }
        }
    }

    /// All that it releases from `place` on, when so many instalments were released before; nothing where it has no end.
    #[must_use]
    pub fn extent(&self, place: u32, released: u32) -> Option<Extent> {
        if self.is_endless() {
            return None;
        }
        let coming = self.instalments(place, released, usize::MAX);
        Some(Extent {
            instalments: u32::try_from(coming.len()).unwrap_or(u32::MAX),
            pieces: coming.iter().map(|part| u64::from(part.quantity.get())).sum(),
            ends_at: coming.last().map(|part| part.at),
        })
    }
}
