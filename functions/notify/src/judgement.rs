//! What is to be done after a webhook was called: nothing more, or another call, and when.

use std::time::Duration;

use courier::{CourierError, Told, answer, next_try};
use jiff::Timestamp;
use store::merchant_webhooks::{Attempt, AttemptOutcome, Delivery, DeliveryState};
use suppliers::callback::{MAX_CALL, Reply};

use crate::message::Again;

/// How long nobody else tries a delivery that somebody tries: as long as a call may take, and what is beside it.
pub const LEASE: Duration = Duration::from_secs(MAX_CALL.as_secs() + 20);
/// `410 Gone`: the program wants no calls any more.
pub const GONE: u16 = 410;

/// The delivery as it is to be tried on account of a message; nothing where the message is of no use any more.
#[must_use]
pub fn admitted(delivery: &Delivery, ticket: &str, again: Option<Again>, now: Timestamp) -> Option<Delivery> {
    let pending = delivery.state == DeliveryState::Pending;
    match again {
        // The message was waited for, or came before.
        _ if delivery.ticket == ticket => pending.then(|| delivery.clone()),
        None => None,
        // Tickets sort by the time of the wish: a message whose place a later wish took does not take it back.
        Some(_) if ticket < delivery.ticket.as_str() => None,
        Some(Again::Lost) if !DeliveryState::LOST.contains(&delivery.state) => None,
        Some(Again::Any | Again::Lost) => Some(delivery.begun_anew(ticket.to_owned(), now)),
    }
}

/// The delivery while it is tried. Should whoever tries it die, that counts as a try.
#[must_use]
pub fn claimed(delivery: &Delivery, now: Timestamp) -> Delivery {
    Delivery {
        tries: delivery.tries.saturating_add(1),
        attempts: delivery.attempts.saturating_add(1),
        next_attempt_at: Some(now + LEASE),
        changed_at: now,
        ..delivery.clone()
    }
}

/// What has come of a call. That there was nothing to sign with is one of its outcomes: somebody may see to it.
pub fn told(result: Result<Told, CourierError>) -> Result<Told, CourierError> {
    match result {
        Err(error @ CourierError::NoSecret) => {
            Ok(Told { reply: Reply::Forbidden(format!("{error}: make a new one")), took_ms: 0 })
        }
        result => result,
    }
}

/// The try that a call was.
#[must_use]
pub fn attempt(number: u32, told: &Told, now: Timestamp) -> Attempt {
    let (status, detail) = answer(&told.reply);
    let (outcome, words) = match &told.reply {
        Reply::Answered { words, .. } if detail.is_none() => (AttemptOutcome::Delivered, words.as_str()),
        Reply::Answered { words, .. } => (AttemptOutcome::Refused, words.as_str()),
        Reply::Silent(_) => (AttemptOutcome::Unreachable, ""),
        Reply::Forbidden(_) => (AttemptOutcome::Forbidden, ""),
    };
    let answer = (!words.is_empty()).then(|| words.to_owned());
    Attempt { number, at: now, outcome, status, took_ms: told.took_ms, detail, answer }
}

/// The delivery after a try. `random` is from 0 to 1.
#[must_use]
pub fn judged(claimed: &Delivery, attempt: &Attempt, told: &Told, now: Timestamp, random: f64) -> Delivery {
    let next = match (attempt.outcome, attempt.status) {
        (AttemptOutcome::Delivered, _) | (_, Some(GONE)) => None,
        _ => next_try(claimed.begun_at, claimed.tries, &told.reply, now, random),
    };
    let state = match (attempt.outcome, next) {
        (AttemptOutcome::Delivered, _) => DeliveryState::Delivered,
        (_, Some(_)) => DeliveryState::Pending,
        (_, None) => DeliveryState::Failed,
    };
    // What was answered is kept with the try; lists do not show it.
    let last = Some(Attempt { answer: None, ..attempt.clone() });
    Delivery { state, next_attempt_at: next, last, changed_at: now, ..claimed.clone() }
}

#[cfg(test)]
mod tests {
    use courier::{FIRST_PAUSE, PATIENCE};
    use domain::WebhookId;

    use super::*;
    use crate::catalogue::examples;

    fn start() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    fn delivery() -> Delivery {
        Delivery::new(WebhookId::generate(), examples::order().unwrap().0, "1".into(), start())
    }

    fn answered(status: u16) -> Told {
        Told { reply: Reply::Answered { status, retry_after: None, words: "said".into() }, took_ms: 12 }
    }

    fn after(delivery: &Delivery, told: &Told, now: Timestamp) -> (Delivery, Attempt) {
        let claimed = claimed(delivery, now);
        let attempt = attempt(claimed.attempts, told, now);
        (judged(&claimed, &attempt, told, now, 1.0), attempt)
    }

    #[test]
    fn only_the_message_that_is_waited_for_counts() {
        let pending = delivery();
        assert_eq!(admitted(&pending, "1", None, start()), Some(pending.clone()));
        assert_eq!(admitted(&pending, "2", None, start()), None);
        let delivered = Delivery { state: DeliveryState::Delivered, ..pending };
        assert_eq!(admitted(&delivered, "1", None, start()), None);
    }

    #[test]
    fn what_is_told_anew_is_told_once_for_each_wish() {
        let state = |state| Delivery { state, tries: 30, ..delivery() };
        for (before, any, lost) in [
            (DeliveryState::Pending, true, false),
            (DeliveryState::Delivered, true, false),
            (DeliveryState::Failed, true, true),
            (DeliveryState::Held, true, true),
        ] {
            let before = state(before);
            for (again, may) in [(Again::Any, any), (Again::Lost, lost)] {
                let begun = admitted(&before, "2", Some(again), start());
                assert_eq!(begun.is_some(), may, "{:?} {again:?}", before.state);
                let Some(begun) = begun else { continue };
                assert_eq!((begun.state, begun.tries), (DeliveryState::Pending, 0));
                // The same message, once more: before its end it goes on, then it is of no use.
                assert_eq!(admitted(&begun, "2", Some(again), start()), Some(begun.clone()));
                let done = Delivery { state: DeliveryState::Delivered, ..begun };
                assert_eq!(admitted(&done, "2", Some(again), start()), None);
            }
        }
    }

    #[test]
    fn of_two_wishes_the_later_one_counts() {
        let first = admitted(&delivery(), "2", Some(Again::Any), start()).unwrap();
        let second = admitted(&first, "3", Some(Again::Any), start()).unwrap();
        assert_eq!(admitted(&second, "2", Some(Again::Any), start()), None);
        let failed = Delivery { state: DeliveryState::Failed, ..second };
        assert_eq!(admitted(&failed, "2", Some(Again::Lost), start()), None);
    }

    #[test]
    fn what_is_taken_is_done() {
        let (delivered, attempt) = after(&delivery(), &answered(204), start());
        assert_eq!((delivered.state, delivered.next_attempt_at), (DeliveryState::Delivered, None));
        assert_eq!((attempt.outcome, attempt.number), (AttemptOutcome::Delivered, 1));
        assert_eq!((attempt.answer.as_deref(), delivered.last.unwrap().answer), (Some("said"), None));
    }

    #[test]
    fn anything_else_is_tried_again_but_not_who_is_gone() {
        let (refused, attempt) = after(&delivery(), &answered(500), start());
        assert_eq!((refused.state, refused.attempts), (DeliveryState::Pending, 1));
        assert_eq!(refused.next_attempt_at, Some(start() + FIRST_PAUSE));
        assert_eq!(
            (attempt.outcome, attempt.detail.as_deref()),
            (AttemptOutcome::Refused, Some("answered 500"))
        );
        let silent = Told { reply: Reply::Silent("timed out".into()), took_ms: 9 };
        let (silent, attempt) = after(&refused, &silent, start() + FIRST_PAUSE);
        assert_eq!(
            (silent.state, attempt.outcome, attempt.number),
            (DeliveryState::Pending, AttemptOutcome::Unreachable, 2)
        );
        let (gone, _) = after(&silent, &answered(GONE), start());
        assert_eq!((gone.state, gone.next_attempt_at), (DeliveryState::Failed, None));
    }

    #[test]
    fn after_three_days_it_is_given_up_and_told_anew_it_has_three_days_again() {
        let end = start() + PATIENCE;
        let (failed, _) = after(&delivery(), &answered(500), end);
        assert_eq!(failed.state, DeliveryState::Failed);
        let anew = admitted(&failed, "2", Some(Again::Lost), end).unwrap();
        let (pending, _) = after(&anew, &answered(500), end);
        assert_eq!((pending.state, pending.attempts), (DeliveryState::Pending, 2));
        assert_eq!(pending.next_attempt_at, Some(end + FIRST_PAUSE));
    }

    #[test]
    fn without_a_secret_nothing_is_sent_and_that_is_said() {
        let told = told(Err(CourierError::NoSecret)).unwrap();
        let attempt = attempt(1, &told, start());
        assert_eq!((attempt.outcome, attempt.status), (AttemptOutcome::Forbidden, None));
        assert!(attempt.detail.unwrap().contains("secret"));
    }
}
