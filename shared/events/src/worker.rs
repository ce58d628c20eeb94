//! Functions that SQS calls with batches of messages.
//!
//! Each message of a batch stands alone: those that fail come again after a growing pause, the others are done. A message
//! that fails too often goes to the queue's dead-letter queue, which the queue itself sees to.

use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use aws_sdk_sqs::error::DisplayErrorContext;
use futures::future::join_all;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use telemetry::Metric;
use tracing::Instrument;

use crate::message::{Message, Subject};
use crate::queue::Queue;

/// The pause before a failed message comes again for the first time; it doubles with each further time.
pub const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest such pause.
pub const MAX_PAUSE: Duration = Duration::from_mins(5);

/// Why a message could not be handled this time.
pub type WorkError = Box<dyn std::error::Error + Send + Sync>;

/// What came of a message that was handled without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It need not come again.
    Done,
    /// It is too early: it should come again after this time.
    Later(Duration),
}

/// Works through the messages of `queue`, as long as the process lives. `handle` must bear to see a message twice.
pub async fn work<M, F>(queue: Queue, handle: F) -> Result<(), Error>
where
    M: Message,
    F: AsyncFn(M) -> Result<Outcome, WorkError>,
{
    let (queue, handle) = (&queue, &handle);
    let batch = async |event: LambdaEvent<SqsEvent>| {
        let again = join_all(event.payload.records.iter().map(|record| one(queue, handle, record))).await;
        let mut response = SqsBatchResponse::default();
        response.set_failures(again.into_iter().flatten());
        Ok::<_, Error>(response)
    };
    lambda_runtime::run(service_fn(batch)).await
}

/// Handles one message and gives its id where it has to come again.
async fn one<M, F>(queue: &Queue, handle: &F, record: &SqsMessage) -> Option<String>
where
    M: Message,
    F: AsyncFn(M) -> Result<Outcome, WorkError>,
{
    let message_id = record.message_id.clone().unwrap_or_default();
    let parsed = serde_json::from_str::<M>(record.body.as_deref().unwrap_or_default());
    let Subject { request_id, order_id, task_id } = parsed.as_ref().map(Message::subject).unwrap_or_default();
    let order_id = order_id.map(tracing::field::display);
    let task_id = task_id.map(tracing::field::display);
    let span = tracing::info_span!("message", message_id, request_id, order_id, task_id);
    let receives = record.attributes.get("ApproximateReceiveCount").and_then(|n| n.parse().ok()).unwrap_or(1);
    async {
        let result = match parsed {
            Ok(message) => handle(message).await,
            Err(error) => Err(format!("no message of this queue: {error}").into()),
        };
        let pause = match result {
            Ok(Outcome::Done) => return None,
            Ok(Outcome::Later(pause)) => pause,
            Err(error) => {
                telemetry::count(Metric::MessagesFailed, 1);
                let pause = pause(receives);
                tracing::error!(error, receives, pause_seconds = pause.as_secs(), "message failed");
                pause
            }
        };
        postpone(queue, record, pause).await;
        Some(message_id.clone())
    }
    .instrument(span)
    .await
}

/// Makes the message invisible for `pause`. Where that fails, it comes again when the queue's own time-out is over.
async fn postpone(queue: &Queue, record: &SqsMessage, pause: Duration) {
    let change = queue
        .client
        .change_message_visibility()
        .queue_url(&queue.url)
        .receipt_handle(record.receipt_handle.clone().unwrap_or_default())
        .visibility_timeout(i32::try_from(pause.as_secs()).unwrap_or(i32::MAX));
    if let Err(error) = change.send().await {
        tracing::warn!(error = %DisplayErrorContext(error), "the message keeps its visibility time-out");
    }
}

/// Doubles with each time the message came, less up to a half by chance, so that messages which failed together do not
/// come back together.
fn pause(receives: u32) -> Duration {
    let bound = FIRST_PAUSE.saturating_mul(1 << receives.saturating_sub(1).min(20)).min(MAX_PAUSE);
    bound.mul_f64(rand::random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound() {
        for receives in 1..=100 {
            let pause = pause(receives);
            assert!(pause >= FIRST_PAUSE / 2 && pause <= MAX_PAUSE, "{receives}: {pause:?}");
        }
        assert!(pause(1) <= FIRST_PAUSE);
        assert!(pause(20) >= MAX_PAUSE / 2);
    }
}
