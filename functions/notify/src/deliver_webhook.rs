//! Webhook queue: tells a program of the merchant's what happened.
//!
//! It is told until the program takes it, for three days, with growing pauses. The event's id names the message, so that a
//! program which hears it twice can tell; what is told of the order is how it stands when it is told. A delivery waits for
//! one message: those that come twice, or were sent for a try that is over, are dropped.

use std::time::Duration;

use aws_config::SdkConfig;
use courier::{Courier, PATIENCE, Parcel};
use domain::webhook::Pause;
use domain::{DeliveryId, PauseReason, WebhookId};
use events::{Outcome, Queue, Report, WorkError};
use jiff::{SignedDuration, Timestamp};
use secrets::SecretName;
use store::audit::Actor;
use store::callbacks::CallbackFailure;
use store::merchant_webhooks::{Attempt, Delivery, DeliveryState, Stretch, UsedWebhook};
use store::{Database, Versioned};
use telemetry::{Metric, crash};
use ulid::Ulid;

use crate::judgement::{self, GONE, LEASE, admitted, claimed, judged};
use crate::message::{Again, WebhookMessage};
use crate::notice::{Composed, compose};

/// How many deliveries are sent off at a time that are to be told anew.
const MAX_RECOVERED: usize = 100;

/// Who tells webhooks.
#[derive(Debug, Clone)]
pub struct Post {
    /// The tables.
    pub database: Database,
    /// The calls.
    pub courier: Courier,
    /// The queue itself, for what is to be told anew.
    pub queue: Queue,
}

impl Post {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, WorkError> {
        Ok(Self {
            database: Database::from_env(config),
            courier: Courier::from_env(config)?,
            queue: Queue::from_env(config, "QUEUE_URL")?,
        })
    }
}

/// Handles one message of the queue. What is done about it is kept on the heap, as it is large.
pub async fn handle(post: &Post, message: WebhookMessage) -> Result<Report, WorkError> {
    match message {
        WebhookMessage::Deliver { webhook_id, delivery_id, ticket, again, .. } => {
            Box::pin(deliver(post, webhook_id, delivery_id, (&ticket, again))).await
        }
        recover @ WebhookMessage::Recover { .. } => Box::pin(self::recover(post, recover)).await,
    }
}

async fn deliver(
    post: &Post,
    webhook_id: WebhookId,
    delivery_id: DeliveryId,
    (ticket, again): (&str, Option<Again>),
) -> Result<Report, WorkError> {
    let done = |why: &str| Ok(Outcome::Done.saying(why));
    let Some(used) = post.database.merchant_webhook(webhook_id).await? else {
        return done("the webhook is gone");
    };
    let Some(Versioned { value: stored, version }) =
        post.database.webhook_delivery(webhook_id, delivery_id).await?
    else {
        return done("there is no such delivery any more");
    };
    let now = Timestamp::now();
    let Some(delivery) = admitted(&stored, ticket, again, now) else {
        return done("nobody waits for this message any more");
    };
    if !used.webhook.value.is_active() {
        post.database.save_delivery(delivery.held(now), version, None).await?;
        return done("held: the webhook is paused");
    }
    if let Some(early) = delivery.next_attempt_at.filter(|at| *at > now) {
        return Ok(later(early, now).saying("not yet"));
    }
    let claim = claimed(&delivery, now);
    let Some(claim) = post.database.save_delivery(claim, version, None).await? else {
        return Ok(Outcome::Later(LEASE).saying("somebody else is at it"));
    };
    let Some(composed) = compose(&post.database, &claim.value.happening).await? else {
        let lost = Delivery { state: DeliveryState::Failed, next_attempt_at: None, ..claim.value };
        post.database.save_delivery(lost, claim.version, None).await?;
        return done("what it happened to is not there any more");
    };
    Box::pin(send(post, &used, claim, composed)).await
}

async fn send(
    post: &Post,
    used: &UsedWebhook,
    claim: Versioned<Delivery>,
    Composed { body, private }: Composed,
) -> Result<Report, WorkError> {
    let (webhook, delivery) = (&used.webhook.value, &claim.value);
    let id = delivery.happening.id.to_string();
    let parcel = Parcel { url: &webhook.url, id: &id, body, private: &private };
    let told = post.courier.tell(&SecretName::MerchantWebhook(webhook.id), parcel).await;
    let told = judgement::told(told)?;
    crash::point("deliver-webhook.after-call", format_args!("{}-{id}", webhook.id));
    let now = Timestamp::now();
    let attempt = judgement::attempt(delivery.attempts, &told, now);
    let after = judged(delivery, &attempt, &told, now, rand::random());
    let (state, next) = (after.state, after.next_attempt_at);
    let event = after.happening.event;
    let Some(_) = post.database.save_delivery(after, claim.version, Some(&attempt)).await? else {
        return Ok(Outcome::Done.saying("somebody had it told anew meanwhile"));
    };
    note(post, used, state, &attempt).await?;
    let outcome = match (state, &attempt.detail) {
        (DeliveryState::Delivered, _) => "taken".to_owned(),
        (DeliveryState::Pending, why) => format!("not taken: {}", why.as_deref().unwrap_or_default()),
        (_, why) => format!("not taken, and given up: {}", why.as_deref().unwrap_or_default()),
    };
    let summary = format!("{event} to {}: {outcome}", webhook.host);
    Ok(next.map_or(Outcome::Done, |next| later(next, now)).saying(summary))
}

/// Writes down how the webhook did and, where it is dead, pauses it.
async fn note(
    post: &Post,
    used: &UsedWebhook,
    state: DeliveryState,
    attempt: &Attempt,
) -> Result<(), WorkError> {
    if state == DeliveryState::Delivered {
        telemetry::count(Metric::WebhooksDelivered, 1);
        return Ok(post.database.note_webhook_success(used, attempt.at).await?);
    }
    telemetry::count(Metric::WebhooksFailed, 1);
    let failure = CallbackFailure { at: attempt.at, reason: attempt.detail.clone().unwrap_or_default() };
    let failing_since = post.database.note_webhook_failure(used, &failure).await?;
    let Some(reason) = pausing(attempt, failing_since) else { return Ok(()) };
    let pause = Pause { at: attempt.at, reason, note: attempt.detail.clone(), by: None };
    let actor = Actor::system("deliver-webhook");
    if post.database.pause_merchant_webhook(&used.webhook, pause, &actor).await? {
        tracing::warn!(webhook_id = %used.webhook.value.id, ?reason, "webhook paused");
        telemetry::count(Metric::WebhooksPaused, 1);
    }
    Ok(())
}

/// Why a webhook is to be paused after a try that failed, if it is.
fn pausing(attempt: &Attempt, failing_since: Timestamp) -> Option<PauseReason> {
    if attempt.status == Some(GONE) {
        return Some(PauseReason::Gone);
    }
    (attempt.at.duration_since(failing_since) >= PATIENCE).then_some(PauseReason::Dead)
}

/// A second more, as queues count whole ones.
fn later(at: Timestamp, now: Timestamp) -> Outcome {
    let left = at.duration_since(now).max(SignedDuration::ZERO).unsigned_abs();
    Outcome::Later(left + Duration::from_secs(1))
}

/// Sends off what nobody took and nobody tries, a part at a time. Where this dies, it sends the same part off again, and what
/// was sent off twice is told once.
async fn recover(post: &Post, message: WebhookMessage) -> Result<Report, WorkError> {
    let WebhookMessage::Recover { webhook_id, state, since, until, behind, request_id, trace_id } = message
    else {
        return Ok(Outcome::Done.saying("nothing to recover"));
    };
    let stretch = Stretch::since(since).until(until);
    let stretch = behind.map_or(stretch, |behind| stretch.behind(behind));
    let part = post.database.deliveries_since(webhook_id, state, stretch, MAX_RECOVERED).await?;
    let again = |delivery: &Delivery| {
        WebhookMessage::deliver(delivery, Ulid::generate().to_string(), Some(Again::Lost))
    };
    post.queue.send(&part.iter().map(again).collect::<Vec<_>>()).await?;
    if let Some(last) = part.last().filter(|_| part.len() == MAX_RECOVERED) {
        let behind = Some(last.id);
        let rest = WebhookMessage::Recover { webhook_id, state, since, until, behind, request_id, trace_id };
        post.queue.send(&[rest]).await?;
    }
    Ok(Outcome::Done.saying(format!("{} of those {} are told anew", part.len(), state.name())))
}

#[cfg(test)]
mod tests {
    use store::merchant_webhooks::AttemptOutcome;

    use super::*;

    fn attempt(status: Option<u16>, at: Timestamp) -> Attempt {
        let outcome = AttemptOutcome::Refused;
        Attempt { number: 3, at, outcome, status, took_ms: 7, detail: None, answer: None }
    }

    #[test]
    fn who_is_gone_or_dead_for_three_days_is_paused() {
        let start: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let end = start + PATIENCE;
        assert_eq!(pausing(&attempt(Some(GONE), start), start), Some(PauseReason::Gone));
        assert_eq!(pausing(&attempt(Some(500), end), start), Some(PauseReason::Dead));
        assert_eq!(pausing(&attempt(None, end), start), Some(PauseReason::Dead));
        let almost = end - SignedDuration::from_secs(1);
        assert_eq!(pausing(&attempt(Some(500), almost), start), None);
    }

    #[test]
    fn what_is_to_be_tried_again_stays_in_the_queue() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(later(now + Duration::from_secs(9), now), Outcome::Later(Duration::from_secs(10)));
        assert_eq!(later(now, now + Duration::from_secs(9)), Outcome::Later(Duration::from_secs(1)));
    }
}
