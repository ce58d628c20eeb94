//! When a schedule runs: `rate(…)` or `cron(…)`, as EventBridge Scheduler takes them.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::cron::{Cron, CronError};

/// The most characters of an expression.
pub const MAX_LENGTH: usize = 256;
/// The longest time between two runs.
pub const MAX_RATE: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpressionError {
    /// It is neither.
    #[error("must be `rate(5 minutes)` or `cron(0 12 * * ? *)`, with at most {MAX_LENGTH} characters")]
    Unknown,
    /// The rate cannot be read.
    #[error(
        "must be a whole number of minutes, hours or days, from one minute to 366 days: `rate(5 minutes)`"
    )]
    Rate,
    /// The cron expression cannot be read.
    #[error(transparent)]
    Cron(#[from] CronError),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Rate(SignedDuration),
    Cron(Box<Cron>),
}

/// When a schedule runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    text: String,
    kind: Kind,
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let text = text.trim();
        if text.len() > MAX_LENGTH {
            return Err(ExpressionError::Unknown);
        }
        let inside = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(rate) = inside("rate") {
            return Self::rate(rate).ok_or(ExpressionError::Rate);
        }
        let cron = inside("cron").ok_or(ExpressionError::Unknown)?;
        let kind = Kind::Cron(Box::new(Cron::parse(cron)?));
        let text = format!("cron({})", cron.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        Ok(Self { text, kind })
    }

    fn rate(text: &str) -> Option<Self> {
        let (value, unit) = text.trim().split_once(' ')?;
        let (unit, seconds) = match unit.trim() {
            "minute" | "minutes" => ("minute", 60),
            "hour" | "hours" => ("hour", 60 * 60),
            "day" | "days" => ("day", 24 * 60 * 60),
            _ => return None,
        };
        let value: u32 = value.parse().ok().filter(|value| *value > 0)?;
        let rate = SignedDuration::from_secs(i64::from(value) * seconds);
        let plural = if value == 1 { "" } else { "s" };
        let text = format!("rate({value} {unit}{plural})");
        (rate <= MAX_RATE).then_some(Self { text, kind: Kind::Rate(rate) })
    }

    /// The first run after `now`. Rates count from `anchor`: the schedule's latest run, or when it was made or changed.
    #[must_use]
    pub fn next(&self, anchor: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match &self.kind {
            Kind::Cron(cron) => cron.next(now, zone),
            Kind::Rate(rate) => {
                let since = now.duration_since(anchor).as_secs().max(0);
                let rounds = since / rate.as_secs() + 1;
                anchor.checked_add(SignedDuration::from_secs(rounds.checked_mul(rate.as_secs())?)).ok()
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_has_one_form() {
        for (text, form) in [
            ("rate(1 minute)", "rate(1 minute)"),
            ("rate(1 minutes)", "rate(1 minute)"),
            (" rate(5  minutes) ", "rate(5 minutes)"),
            ("rate(12 hour)", "rate(12 hours)"),
            ("rate(366 days)", "rate(366 days)"),
            ("cron(0  12 * * ? *)", "cron(0 12 * * ? *)"),
        ] {
            assert_eq!(Expression::parse(text).unwrap().to_string(), form);
        }
        let long = format!("cron(0{} 12 * * ? *)", " ".repeat(MAX_LENGTH));
        for bad in [
            "",
            "rate()",
            "rate(0 minutes)",
            "rate(-1 hours)",
            "rate(1.5 hours)",
            "rate(5 seconds)",
            "rate(367 days)",
            "rate(5minutes)",
            "every 5 minutes",
            "at(2026-11-22T12:00:00)",
            "cron(0 12 * * *)",
            "rate(5 minutes",
            &long,
        ] {
            assert!(Expression::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_rate_counts_from_the_latest_run() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let next = |expression: &str, anchor: &str, now: &str| {
            let expression = Expression::parse(expression).unwrap();
            expression.next(at(anchor), at(now), &TimeZone::UTC).unwrap().to_string()
        };
        let anchor = "2026-11-22T07:00:30Z";
        assert_eq!(next("rate(5 minutes)", anchor, "2026-11-22T07:01:00Z"), "2026-11-22T07:05:30Z");
        assert_eq!(next("rate(5 minutes)", anchor, "2026-11-22T07:05:30Z"), "2026-11-22T07:10:30Z");
        // The scheduler may have been away for a while.
        assert_eq!(next("rate(1 hour)", anchor, "2026-11-22T12:34:56Z"), "2026-11-22T13:00:30Z");
        // Clocks differ a little.
        assert_eq!(next("rate(1 day)", anchor, "2026-11-22T07:00:29Z"), "2026-11-23T07:00:30Z");
        assert_eq!(next("cron(0 8 * * ? *)", anchor, "2026-11-22T07:01:00Z"), "2026-11-22T08:00:00Z");
    }
}
