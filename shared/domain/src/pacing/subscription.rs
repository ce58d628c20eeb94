//! The same quantity, again and again.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::quantity::Quantity;

/// What cannot be subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SubscriptionError {
    /// The time between two dates.
    #[error("must be a whole number from 1 to {max}", max = Every::MAX_COUNT)]
    Every,
    /// The end.
    #[error("must be after the start, by at most {days} days", days = Subscription::LONGEST.as_hours() / 24)]
    Until,
    /// The number of times.
    #[error("must be a whole number from 1 to {max}", max = Subscription::MAX_TIMES)]
    Times,
}

impl SubscriptionError {
    /// Where the bad member stands in the input: names with a slash between them.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Every => "every/count",
            Self::Until => "until",
            Self::Times => "times",
        }
    }
}

/// What the time between two dates is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EveryUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months: the same day of the month as the first time, or its last day where it has no such day.
    Months,
}

/// The time between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Every {
    /// What it is counted in.
    pub unit: EveryUnit,
    /// How many of them.
    pub count: u32,
}

impl Every {
    /// The most days, weeks or months between two dates.
    pub const MAX_COUNT: u32 = 365;

    /// So many times this time.
    fn times(self, number: u32) -> Option<Span> {
        let units = i64::from(self.count) * i64::from(number);
        let span = match self.unit {
            EveryUnit::Days => Span::new().try_days(units),
            EveryUnit::Weeks => Span::new().try_weeks(units),
            EveryUnit::Months => Span::new().try_months(units),
        };
        span.ok()
    }
}

/// A subscription as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubscriptionInput {
    /// How many pieces each time.
    pub quantity: Quantity,
    /// How long it is from one date to the next.
    pub every: Every,
    /// The first date. The others are at the same time of day, in UTC.
    pub start: Timestamp,
    /// After which time there is no other date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<Timestamp>,
    /// How many times in all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub times: Option<u32>,
}

/// The same quantity at regular dates, without end where none was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SubscriptionInput", into = "SubscriptionInput")]
pub struct Subscription(SubscriptionInput);

impl Subscription {
    /// The most times that can be asked for.
    pub const MAX_TIMES: u32 = 1_000;
    /// The longest time between the start and an end.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

    /// Checks a subscription that came from outside.
    pub fn parse(input: SubscriptionInput) -> Result<Self, SubscriptionError> {
        if !(1..=Every::MAX_COUNT).contains(&input.every.count) {
            return Err(SubscriptionError::Every);
        }
        if input.times.is_some_and(|times| !(1..=Self::MAX_TIMES).contains(&times)) {
            return Err(SubscriptionError::Times);
        }
        let time = input.until.map(|until| until.duration_since(input.start));
        if time.is_some_and(|time| !time.is_positive() || time > Self::LONGEST) {
            return Err(SubscriptionError::Until);
        }
        Ok(Self(input))
    }

    /// What was asked for.
    #[must_use]
    pub fn terms(&self) -> &SubscriptionInput {
        &self.0
    }

    /// Whether it goes on until somebody stops it.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.0.until.is_none() && self.0.times.is_none()
    }

    /// The date at `place`, counted from 0; none behind the end.
    #[must_use]
    pub fn date(&self, place: u32) -> Option<Timestamp> {
        let start = self.0.start.to_zoned(TimeZone::UTC);
        // Always counted from the first one: the 31st is the 31st again after a month that has only 30 days.
        let date = start.checked_add(self.0.every.times(place)?).ok()?.timestamp();
        self.0.until.is_none_or(|until| date <= until).then_some(date)
    }
}

impl TryFrom<SubscriptionInput> for Subscription {
    type Error = SubscriptionError;

    fn try_from(input: SubscriptionInput) -> Result<Self, SubscriptionError> {
        Self::parse(input)
    }
}

impl From<Subscription> for SubscriptionInput {
    fn from(subscription: Subscription) -> Self {
        subscription.0
    }
}
