//! How long to wait before a call is tried again.

use std::time::Duration;

/// The longest wait that a supplier's `Retry-After` may ask for: beyond it the task is better off elsewhere.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(1);

/// How long to wait after so many failed attempts (1 for the first): `base`, doubled with each attempt, up to `cap`. Of that
/// the second half is left to chance, so that those who failed together do not come back together: `jitter` is drawn anew
/// each time, from 0 to 1. What the supplier asked for with `Retry-After` is heeded, up to [`LONGEST_RETRY_AFTER`], and chance
/// comes on top.
#[must_use]
pub fn delay(
    attempt: u32,
    base: Duration,
    cap: Duration,
    jitter: f64,
    retry_after: Option<Duration>,
) -> Duration {
    let doublings = attempt.saturating_sub(1).min(u32::BITS - 1);
    let half = base.saturating_mul(1 << doublings).min(cap) / 2;
    let jitter = if jitter.is_nan() { 0.0 } else { jitter.clamp(0.0, 1.0) };
    let chance = half.mul_f64(jitter);
    let least = retry_after.map_or(half, |asked| asked.min(LONGEST_RETRY_AFTER).max(half));
    least.saturating_add(chance)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: Duration = Duration::from_secs(2);
    const CAP: Duration = Duration::from_mins(5);

    fn seconds(attempt: u32, jitter: f64, retry_after: Option<u64>) -> u64 {
        delay(attempt, BASE, CAP, jitter, retry_after.map(Duration::from_secs)).as_secs()
    }

    #[test]
    fn waits_double_up_to_the_cap_and_half_of_each_is_chance() {
        assert_eq!([1, 2, 3, 4].map(|attempt| seconds(attempt, 1.0, None)), [2, 4, 8, 16]);
        assert_eq!([1, 2, 3, 4].map(|attempt| seconds(attempt, 0.0, None)), [1, 2, 4, 8]);
        assert_eq!([9, 40, u32::MAX].map(|attempt| seconds(attempt, 1.0, None)), [300, 300, 300]);
        assert_eq!(seconds(0, 1.0, None), 2);
    }

    #[test]
    fn retry_after_is_heeded_up_to_an_hour() {
        assert_eq!(seconds(1, 0.0, Some(10)), 10);
        assert_eq!(seconds(1, 1.0, Some(10)), 11);
        assert_eq!(seconds(9, 0.0, Some(1)), 150);
        assert_eq!(seconds(1, 0.0, Some(u64::MAX)), LONGEST_RETRY_AFTER.as_secs());
    }

    proptest! {
        #[test]
        fn a_wait_is_never_shorter_than_asked_nor_longer_than_allowed(
            attempt: u32,
            jitter: f64,
            asked in proptest::option::of(0_u64..10_000),
        ) {
            let asked = asked.map(Duration::from_secs);
            let wait = delay(attempt, BASE, CAP, jitter, asked);
            let heeded = asked.unwrap_or_default().min(LONGEST_RETRY_AFTER);
            prop_assert!(wait >= heeded && wait >= BASE / 2);
            prop_assert!(wait <= heeded.max(CAP / 2) + CAP / 2);
        }
    }
}
