//! When after the payment an offer holds.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Numbers that make no window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WindowError {
    /// It begins too late.
    #[error("must be a whole number of seconds from 0 to {max}", max = Window::MAX_SECONDS)]
    From,
    /// It ends before it begins, or too late.
    #[error("must be a whole number of seconds after the beginning, at most {max}", max = Window::MAX_SECONDS)]
    Until,
}

impl WindowError {
    /// The name of the bad number as it stands in the input.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::From => "fromSeconds",
            Self::Until => "untilSeconds",
        }
    }
}

/// When an offer holds, in seconds since the order was paid: from the first on, and until just before the second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Numbers")]
pub struct Window {
    from_seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_seconds: Option<u32>,
}

impl Window {
    /// The latest beginning and end: a year after the payment.
    pub const MAX_SECONDS: u32 = 365 * 24 * 60 * 60;

    /// Checks numbers that came from outside.
    pub fn parse(from_seconds: i64, until_seconds: Option<i64>) -> Result<Self, WindowError> {
        let seconds = |number: i64| u32::try_from(number).ok().filter(|number| *number <= Self::MAX_SECONDS);
        let from_seconds = seconds(from_seconds).ok_or(WindowError::From)?;
        let until = |number| seconds(number).filter(|until| *until > from_seconds).ok_or(WindowError::Until);
        Ok(Self { from_seconds, until_seconds: until_seconds.map(until).transpose()? })
    }

    /// The first second in which the offer holds.
    #[must_use]
    pub fn from_seconds(self) -> u32 {
        self.from_seconds
    }

    /// The first second in which it no longer holds.
    #[must_use]
    pub fn until_seconds(self) -> Option<u32> {
        self.until_seconds
    }

    /// In how many seconds the window is open for an order that was paid `age` seconds ago: zero if it is open now, none if
    /// it will never be again.
    #[must_use]
    pub fn opens_in(self, age: u32) -> Option<u32> {
        let over = self.until_seconds.is_some_and(|until| age >= until);
        (!over).then(|| self.from_seconds.saturating_sub(age))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Numbers {
    #[serde(default)]
    from_seconds: i64,
    until_seconds: Option<i64>,
}

impl TryFrom<Numbers> for Window {
    type Error = WindowError;

    fn try_from(numbers: Numbers) -> Result<Self, WindowError> {
        Self::parse(numbers.from_seconds, numbers.until_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_after_it_begins_and_within_a_year() {
        let year = i64::from(Window::MAX_SECONDS);
        assert!(Window::parse(0, None).is_ok() && Window::parse(year, None).is_ok());
        assert!(Window::parse(0, Some(1)).is_ok() && Window::parse(year - 1, Some(year)).is_ok());
        for bad in [-1, year + 1] {
            assert_eq!(Window::parse(bad, None), Err(WindowError::From), "{bad}");
        }
        for (from, until) in [(0, 0), (5, 5), (5, 4), (0, year + 1), (0, -1)] {
            assert_eq!(Window::parse(from, Some(until)), Err(WindowError::Until), "{from} {until}");
        }
    }

    #[test]
    fn it_tells_when_it_opens() {
        let window = Window::parse(60, Some(120)).unwrap();
        assert_eq!([0, 59, 60, 119].map(|age| window.opens_in(age)), [Some(60), Some(1), Some(0), Some(0)]);
        assert_eq!([120, u32::MAX].map(|age| window.opens_in(age)), [None, None]);
        assert_eq!(Window::default().opens_in(u32::MAX), Some(0));
    }

    #[test]
    fn a_stored_window_passes_the_same_door() {
        let read = |json| serde_json::from_str::<Window>(json);
        assert_eq!(read("{}").unwrap(), Window::default());
        assert_eq!(
            read(r#"{"fromSeconds":1,"untilSeconds":2}"#).unwrap(),
            Window::parse(1, Some(2)).unwrap()
        );
        assert!(read(r#"{"fromSeconds":2,"untilSeconds":1}"#).is_err());
    }
}
