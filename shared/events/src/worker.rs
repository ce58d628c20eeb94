//! Functions that SQS calls with batches of messages.
//!
//! Each message of a batch stands alone: those that fail come again after a growing pause, the others are done. A message
//! that fails too often goes to the queue's dead-letter queue, which the queue itself sees to. Of each message a result is
//! left for those who operate the shop.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use aws_sdk_sqs::error::DisplayErrorContext;
use futures::future::join_all;
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use store::runs::RunCause;
use telemetry::Call;
use telemetry::call::Handled;
use telemetry::{TraceId, trace, xray};
use tracing::Instrument;

use crate::message::{Message, Subject};
use crate::queue::Queue;
use crate::report::{Outcome, Report};
use crate::run_log::{Begun, RunLog};

/// The pause before a failed message comes again for the first time; it doubles with each further time.
pub const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest such pause.
pub const MAX_PAUSE: Duration = Duration::from_mins(5);

/// Why a message could not be handled this time.
pub type WorkError = Box<dyn std::error::Error + Send + Sync>;

/// Works through the messages of the function's queue, as long as the process lives. `worker` is the binary's name.
/// `handle` must bear to see a message twice.
pub async fn work<M, R, F>(config: &SdkConfig, worker: &str, handle: F) -> Result<(), Error>
where
    M: Message,
    R: Into<Report>,
    F: AsyncFn(M) -> Result<R, WorkError>,
{
    let worker =
        &Worker { queue: Queue::from_env(config, "QUEUE_URL")?, log: RunLog::from_env(config, worker) };
    let handle = &handle;
    let batch = async |event: LambdaEvent<SqsEvent>| {
        let call = Call::begin(&event.context.request_id);
        let messages = event.payload.records.iter().map(|record| worker.one(handle, record));
        let (again, handled): (Vec<_>, Vec<_>) = call.measure(join_all(messages)).await.into_iter().unzip();
        call.worked(&worker.log.worker, &handled);
        let mut response = SqsBatchResponse::default();
        response.set_failures(again.into_iter().flatten());
        Ok::<_, Error>(response)
    };
    telemetry::call::ready();
    lambda_runtime::run(service_fn(batch)).await
}

/// A function behind a queue.
struct Worker {
    queue: Queue,
    log: RunLog,
}

impl Worker {
    /// Handles one message, and gives its id where it has to come again.
    async fn one<M, R, F>(&self, handle: &F, record: &SqsMessage) -> (Option<String>, Handled)
    where
        M: Message,
        R: Into<Report>,
        F: AsyncFn(M) -> Result<R, WorkError>,
    {
        let message_id = record.message_id.clone().unwrap_or_default();
        let parsed = serde_json::from_str::<M>(record.body.as_deref().unwrap_or_default());
        let subject = parsed.as_ref().map(Message::subject).unwrap_or_default();
        let trace_id = trace_of(record, &subject);
        let begun = begun(record, subject);
        let receives = begun.attempt.unwrap_or(1);
        let shown = xray::Work::begin("message").about("order", begun.order_id).about("task", begun.task_id);
        let waited = begun.waited();
        let order_id = begun.order_id.map(tracing::field::display);
        let task_id = begun.task_id.map(tracing::field::display);
        let span =
            tracing::info_span!("message", message_id, request_id = begun.request_id, order_id, task_id);
        let work = async {
            let result = match parsed {
                // On the heap: the compiler looks only so deep into what awaits what.
                Ok(message) => Box::pin(handle(message)).await.map(Into::into),
                Err(error) => Err(format!("no message of this queue: {error}").into()),
            };
            self.log.write(begun, &result).await;
            let handled = Handled { waited, failed: result.is_err() };
            shown.end(handled.failed);
            let pause = match result.map(|report: Report| report.outcome) {
                Ok(Outcome::Done) => return (None, handled),
                Ok(Outcome::Later(pause)) => pause,
                Err(error) => {
                    let pause = pause(receives);
                    tracing::error!(error, receives, pause_seconds = pause.as_secs(), "message failed");
                    pause
                }
            };
            postpone(&self.queue, record, pause).await;
            (Some(message_id.clone()), handled)
        };
        trace::within(trace_id, work.instrument(span)).await
    }
}

/// The trace that a message belongs to: the one that it names, or that it was sent in.
fn trace_of(record: &SqsMessage, subject: &Subject) -> TraceId {
    let sent_in = || trace::read_xray_header(record.attributes.get("AWSTraceHeader")?);
    subject.trace_id.or_else(sent_in).unwrap_or_else(TraceId::generate)
}

/// The run that a message sets off.
fn begun(record: &SqsMessage, subject: Subject) -> Begun {
    let number = |name: &str| record.attributes.get(name).and_then(|n| n.parse::<i64>().ok());
    let Subject { request_id, order_id, task_id, .. } = subject;
    Begun {
        request_id,
        order_id,
        task_id,
        sent_at: number("SentTimestamp").and_then(|millis| Timestamp::from_millisecond(millis).ok()),
        attempt: number("ApproximateReceiveCount").and_then(|n| u32::try_from(n).ok()),
        ..Begun::now(RunCause::Message)
    }
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
    fn a_message_tells_when_it_was_sent_and_how_often_it_came() {
        let mut record = SqsMessage::default();
        record.attributes.insert("SentTimestamp".into(), "1795320955123".into());
        record.attributes.insert("ApproximateReceiveCount".into(), "3".into());
        let begun = begun(&record, Subject { request_id: Some("r-1".into()), ..Subject::default() });
        assert_eq!((begun.request_id.as_deref(), begun.attempt), (Some("r-1"), Some(3)));
        assert_eq!(begun.sent_at.unwrap().as_millisecond(), 1_795_320_955_123);
    }

    #[test]
    fn a_message_belongs_to_the_trace_that_it_names_or_was_sent_in() {
        let (named, sent_in) = (TraceId::generate(), TraceId::generate());
        let mut record = SqsMessage::default();
        let names = Subject { trace_id: Some(named), ..Subject::default() };
        assert_ne!(trace_of(&record, &Subject::default()), trace_of(&record, &Subject::default()));
        record.attributes.insert("AWSTraceHeader".into(), trace::xray_header_of(sent_in));
        assert_eq!(trace_of(&record, &Subject::default()), sent_in);
        assert_eq!(trace_of(&record, &names), named);
    }

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
