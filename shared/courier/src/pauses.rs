//! When something that was not taken is told again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use suppliers::callback::Reply;

/// The pause before the second try; it doubles with each further one.
pub const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause between two tries.
pub const MAX_PAUSE: Duration = Duration::from_hours(6);
/// How long something is told. The queues keep their messages for a day longer.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 3);

/// When to try again after `attempts` tries, the last of which came to `reply`; never, once [`PATIENCE`] is over since
/// `begun`. The last try is made when it is just over. `random` is from 0 to 1.
#[must_use]
pub fn next_try(
    begun: Timestamp,
    attempts: u32,
    reply: &Reply,
    now: Timestamp,
    random: f64,
) -> Option<Timestamp> {
    let end = begun + PATIENCE;
    if now >= end {
        return None;
    }
    let bound = FIRST_PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(MAX_PAUSE);
    // Less up to a half by chance, so that calls which failed together do not come back together.
    let pause = bound.mul_f64(random.mul_add(0.5, 0.5));
    let asked = match reply {
        Reply::Answered { retry_after: Some(pause), .. } => *pause,
        _ => Duration::ZERO,
    };
    Some((now + pause.max(asked)).min(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the queues' `maxReceiveCount` leaves room for, with some for calls that died.
    const MAX_TRIES: u32 = 45;

    fn start() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn busy(retry_after: Option<Duration>) -> Reply {
        Reply::Answered { status: 503, retry_after, words: String::new() }
    }

    #[test]
    fn who_asks_for_a_pause_gets_it() {
        let pause = Duration::from_mins(10);
        assert_eq!(next_try(start(), 1, &busy(Some(pause)), start(), 0.0), Some(start() + pause));
        assert_eq!(next_try(start(), 1, &busy(None), start(), 1.0), Some(start() + FIRST_PAUSE));
    }

    #[test]
    fn tries_span_three_days_with_growing_pauses() {
        for random in [0.0, 0.5, 1.0] {
            let (mut now, mut attempts, mut longest) = (start(), 1, Duration::ZERO);
            while let Some(next) = next_try(start(), attempts, &busy(None), now, random) {
                let pause = Duration::try_from(next.duration_since(now)).unwrap();
                assert!(pause <= MAX_PAUSE && (pause >= longest / 2 || next == start() + PATIENCE));
                longest = longest.max(pause);
                now = next;
                attempts += 1;
            }
            assert_eq!(now, start() + PATIENCE);
            assert!(longest >= MAX_PAUSE / 2, "{longest:?}");
            assert!(attempts <= MAX_TRIES, "{attempts} tries");
        }
    }
}
