//! What is to be done after a call to a partner's program: nothing more, or another call, and when.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::callbacks::{Delivery, DeliveryOutcome};
use store::orders::OrderEvent;
use suppliers::callback::Reply;

use super::courier::Told;

/// The pause before the second try; it doubles with each further one.
pub const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause between two tries.
pub const MAX_PAUSE: Duration = Duration::from_hours(6);
/// How long after the event it is told. The queue keeps its message for a day longer.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 3);
/// The most characters of what was wrong that are kept.
pub const MAX_DETAIL: usize = 300;

/// `410 Gone`: the program wants no calls any more.
const GONE: u16 = 410;

/// What has come of telling an event, after a try that came to `told`. `before` is what had come of it until then;
/// `random` is from 0 to 1.
#[must_use]
pub fn judged(
    event: &OrderEvent,
    before: Option<Delivery>,
    told: &Told,
    now: Timestamp,
    random: f64,
) -> Option<Delivery> {
    let partner = event.partner.as_ref()?;
    let attempts = before.map_or(0, |before| before.attempts).saturating_add(1);
    let (status, detail) = answer(&told.reply);
    let mut next_try_at = None;
    let outcome = match (status, &detail) {
        (_, None) => DeliveryOutcome::Delivered,
        (Some(GONE), _) => DeliveryOutcome::SwitchedOff,
        _ => {
            next_try_at = next_try(event.at, attempts, &told.reply, now, random);
            if next_try_at.is_some() { DeliveryOutcome::Failed } else { DeliveryOutcome::GaveUp }
        }
    };
    Some(Delivery {
        id: event.id,
        event_type: event.event_type,
        order_id: event.order_id,
        reference: partner.reference.clone(),
        tried_at: now,
        attempts,
        outcome,
        status,
        detail,
        took_ms: told.took_ms,
        next_try_at,
    })
}

/// The status of a reply, and what was wrong with it.
#[must_use]
pub fn answer(reply: &Reply) -> (Option<u16>, Option<String>) {
    let shortened = |reason: &str| reason.chars().take(MAX_DETAIL).collect();
    match reply {
        Reply::Answered { status: status @ 200..=299, .. } => (Some(*status), None),
        Reply::Answered { status: status @ 300..=399, .. } => {
            (Some(*status), Some(format!("answered {status}; nobody follows where an answer leads")))
        }
        Reply::Answered { status, .. } => (Some(*status), Some(format!("answered {status}"))),
        Reply::Silent(reason) | Reply::Forbidden(reason) => (None, Some(shortened(reason))),
    }
}

/// When to try again; never, once [`PATIENCE`] is over. The last try is made when it is just over.
fn next_try(
    event_at: Timestamp,
    attempts: u32,
    reply: &Reply,
    now: Timestamp,
    random: f64,
) -> Option<Timestamp> {
    let end = event_at + PATIENCE;
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
    use domain::{EventId, OrderEventType, OrderId, PartnerId, PartnerRef, PartnerReference};

    use super::*;

    fn start() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn event() -> OrderEvent {
        let reference = PartnerReference::parse("A-1001").unwrap();
        OrderEvent {
            id: EventId::generate(),
            event_type: OrderEventType::OrderFulfilled,
            order_id: OrderId::generate(),
            at: start(),
            request_id: "r-1".into(),
            partner: Some(PartnerRef { id: PartnerId::generate(), reference }),
        }
    }

    fn answered(status: u16) -> Told {
        Told { reply: Reply::Answered { status, retry_after: None }, took_ms: 12 }
    }

    #[test]
    fn what_is_taken_is_done_and_what_is_gone_is_switched_off() {
        let event = event();
        for (told, outcome) in [
            (answered(200), DeliveryOutcome::Delivered),
            (answered(204), DeliveryOutcome::Delivered),
            (answered(GONE), DeliveryOutcome::SwitchedOff),
        ] {
            let delivery = judged(&event, None, &told, start(), 0.5).unwrap();
            assert_eq!((delivery.outcome, delivery.next_try_at, delivery.attempts), (outcome, None, 1));
        }
        let nobodys = OrderEvent { partner: None, ..event };
        assert_eq!(judged(&nobodys, None, &answered(200), start(), 0.5), None);
    }

    #[test]
    fn anything_else_is_tried_again_and_says_why() {
        let silent = |reply| Told { reply, took_ms: 12 };
        for (told, detail) in [
            (answered(500), "answered 500"),
            (answered(404), "answered 404"),
            (answered(302), "answered 302; nobody follows where an answer leads"),
            (silent(Reply::Silent("timed out".into())), "timed out"),
            (silent(Reply::Forbidden("x".repeat(MAX_DETAIL + 1))), &"x".repeat(MAX_DETAIL)),
        ] {
            let delivery = judged(&event(), None, &told, start(), 1.0).unwrap();
            assert_eq!(
                (delivery.outcome, delivery.detail.as_deref()),
                (DeliveryOutcome::Failed, Some(detail))
            );
            assert_eq!(delivery.next_try_at, Some(start() + FIRST_PAUSE));
        }
    }

    #[test]
    fn who_asks_for_a_pause_gets_it() {
        let pause = Duration::from_mins(10);
        let told = Told { reply: Reply::Answered { status: 429, retry_after: Some(pause) }, took_ms: 1 };
        let delivery = judged(&event(), None, &told, start(), 0.0).unwrap();
        assert_eq!(delivery.next_try_at, Some(start() + pause));
    }

    #[test]
    fn tries_span_three_days_with_growing_pauses() {
        for random in [0.0, 0.5, 1.0] {
            let (event, mut now, mut before, mut longest) = (event(), start(), None, Duration::ZERO);
            let last = loop {
                let delivery = judged(&event, before.take(), &answered(500), now, random).unwrap();
                let Some(next) = delivery.next_try_at else { break delivery };
                let pause = Duration::try_from(next.duration_since(now)).unwrap();
                assert!(pause <= MAX_PAUSE && (pause >= longest / 2 || next == start() + PATIENCE));
                longest = longest.max(pause);
                now = next;
                before = Some(delivery);
            };
            assert_eq!((last.outcome, now), (DeliveryOutcome::GaveUp, start() + PATIENCE));
            assert!(longest >= MAX_PAUSE / 2, "{longest:?}");
            assert!(last.attempts <= MAX_TRIES, "{} tries", last.attempts);
        }
    }

    /// What the queue's `maxReceiveCount` leaves room for, with some for calls that died.
    const MAX_TRIES: u32 = 45;
}
