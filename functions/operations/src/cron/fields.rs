//! The fields of a cron expression.

use std::collections::BTreeSet;

use thiserror::Error;

pub(super) const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// What is wrong with a cron expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CronError {
    /// There are more or fewer fields.
    #[error(
        "a cron expression has six fields: minutes, hours, day of month, month, day of week, year; not {0}"
    )]
    Fields(usize),
    /// A field cannot be read.
    #[error("`{text}` is no {field}: expected {min} to {max}, `*`, lists, ranges or steps")]
    Field {
        /// Which.
        field: &'static str,
        /// What it says.
        text: String,
        /// The least value.
        min: u16,
        /// The greatest value.
        max: u16,
    },
    /// Both days say something, or neither.
    #[error("one of day of month and day of week must be `?`, and only one")]
    Days,
}

pub(super) type Values = BTreeSet<u16>;

/// Days of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MonthDays {
    Any,
    Each(Values),
    Last,
    LastWeekday,
    NearestWeekday(u16),
}

/// Days of the week, Sunday being 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WeekDays {
    Any,
    Each(Values),
    Last(u16),
    Nth(u16, u16),
}

pub(super) fn month_days_of(text: &str) -> Result<MonthDays, CronError> {
    let field = Field("day of month", 1, 31, &[]);
    match text {
        "?" | "*" => Ok(MonthDays::Any),
        "L" => Ok(MonthDays::Last),
        "LW" => Ok(MonthDays::LastWeekday),
        _ => match text.strip_suffix('W') {
            Some(day) => Ok(MonthDays::NearestWeekday(field.value(day, text)?)),
            None => Ok(MonthDays::Each(field.values(text)?)),
        },
    }
}

pub(super) fn week_days_of(text: &str) -> Result<WeekDays, CronError> {
    let field = Field("day of week", 1, 7, &WEEKDAYS);
    if let Some((day, nth)) = text.split_once('#') {
        let nth = Field("week of month", 1, 5, &[]).value(nth, text)?;
        return Ok(WeekDays::Nth(field.value(day, text)?, nth));
    }
    match text {
        "?" | "*" => Ok(WeekDays::Any),
        // The week's last day.
        "L" => Ok(WeekDays::Each(Values::from([7]))),
        _ => match text.strip_suffix('L') {
            Some(day) => Ok(WeekDays::Last(field.value(day, text)?)),
            None => Ok(WeekDays::Each(field.values(text)?)),
        },
    }
}

/// A field's name, its least and greatest value, and what its values are called, the first being the least.
pub(super) struct Field(
    pub(super) &'static str,
    pub(super) u16,
    pub(super) u16,
    pub(super) &'static [&'static str],
);

impl Field {
    fn error(&self, text: &str) -> CronError {
        CronError::Field { field: self.0, text: text.to_owned(), min: self.1, max: self.2 }
    }

    /// Reads one value; `whole` is what the field says.
    fn value(&self, text: &str, whole: &str) -> Result<u16, CronError> {
        let named = self.3.iter().position(|name| name.eq_ignore_ascii_case(text));
        let named = named.and_then(|index| u16::try_from(index).ok()).map(|index| index + self.1);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let value = named.or_else(|| text.parse().ok().filter(|_| digits));
        value.filter(|value| (self.1..=self.2).contains(value)).ok_or_else(|| self.error(whole))
    }

    /// Reads a list of values, ranges and steps.
    pub(super) fn values(&self, text: &str) -> Result<Values, CronError> {
        let mut values = Values::new();
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => {
                    let step = step.parse().ok().filter(|step: &usize| *step > 0);
                    (range, Some(step.ok_or_else(|| self.error(text))?))
                }
                None => (part, None),
            };
            let (first, last) = match (range, range.split_once('-')) {
                ("*", _) => (self.1, self.2),
                (_, Some((first, last))) => (self.value(first, text)?, self.value(last, text)?),
                // A step from a value goes on to the greatest.
                (_, None) => {
                    let value = self.value(range, text)?;
                    (value, if step.is_some() { self.2 } else { value })
                }
            };
            if first > last {
                return Err(self.error(text));
            }
            values.extend((first..=last).step_by(step.unwrap_or(1)));
        }
        Ok(values)
    }
}
