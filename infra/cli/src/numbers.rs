//! Numbers and times of the command line.

use std::time::Duration;

use jiff::SignedDuration;

/// The most orders that may be placed at a time.
pub const MAX_CONCURRENCY: u64 = 256;

/// A whole number of at least 1.
pub(crate) fn positive(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| "must be a whole number of at least 1".into())
}

/// How many orders are placed at a time.
pub(crate) fn concurrency(text: &str) -> Result<usize, String> {
    let number = positive(text)?;
    if number as u64 > MAX_CONCURRENCY {
        Err(format!("must be at most {MAX_CONCURRENCY}"))
    } else {
        Ok(number)
    }
}

/// A time that is not nothing, such as `15m` or `1h 30m`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let parsed: SignedDuration = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    let duration = Duration::try_from(parsed).ok().filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "must be positive".into())
}
