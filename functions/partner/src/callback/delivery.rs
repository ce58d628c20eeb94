//! What is to be done after a call to a partner's program: nothing more, or another call, and when.

use courier::{Told, answer, next_try};
use jiff::Timestamp;
use store::callbacks::{Delivery, DeliveryOutcome};
use store::orders::OrderEvent;

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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use courier::{FIRST_PAUSE, MAX_DETAIL, PATIENCE};
    use domain::{EventId, OrderEventType, OrderId, PartnerId, PartnerRef, PartnerReference};
    use suppliers::callback::Reply;

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
            trace_id: None,
            partner: Some(PartnerRef { id: PartnerId::generate(), reference }),
        }
    }

    fn answered(status: u16) -> Told {
        Told { reply: Reply::Answered { status, retry_after: None, words: String::new() }, took_ms: 12 }
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
    fn after_three_days_it_is_given_up() {
        let before = judged(&event(), None, &answered(500), start(), 0.5);
        let last = judged(&event(), before, &answered(500), start() + PATIENCE, 0.5).unwrap();
        assert_eq!((last.outcome, last.attempts, last.next_try_at), (DeliveryOutcome::GaveUp, 2, None));
        let almost = start() + PATIENCE - Duration::from_secs(1);
        let next = judged(&event(), None, &answered(500), almost, 0.5).unwrap().next_try_at;
        assert_eq!(next, Some(start() + PATIENCE));
    }
}
