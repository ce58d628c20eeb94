//! Putting messages into queues.

use std::collections::HashMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{
    MessageSystemAttributeNameForSends, MessageSystemAttributeValue, SendMessageBatchRequestEntry,
};
use serde::Serialize;
use serde_json::Value;
use telemetry::{TraceId, trace};
use thiserror::Error;

/// The most messages that SQS takes in one batch.
const MAX_BATCH: usize = 10;
/// The longest time that SQS holds a message back.
pub const MAX_DELAY: Duration = Duration::from_mins(15);

/// Messages that could not be put into a queue. Some others of the same call may be in it.
#[derive(Debug, Error)]
#[error("cannot send to {queue}: {reason}")]
pub struct QueueError {
    queue: String,
    reason: String,
}

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue {
    pub(crate) client: Client,
    pub(crate) url: String,
}

impl Queue {
    /// The queue at an address.
    #[must_use]
    pub fn new(config: &SdkConfig, url: impl Into<String>) -> Self {
        Self { client: Client::new(config), url: url.into() }
    }

    /// The queue whose address an environment variable holds.
    pub fn from_env(config: &SdkConfig, variable: &'static str) -> Result<Self, cloud::SettingError> {
        Ok(Self::new(config, cloud::setting::<String>(variable)?))
    }

    /// Sends messages, and tells if any of them was not taken.
    pub async fn send<M: Serialize>(&self, messages: &[M]) -> Result<(), QueueError> {
        self.send_after(messages, Duration::ZERO).await
    }

    /// Sends messages that nobody sees before `delay` is over, which is cut at [`MAX_DELAY`].
    pub async fn send_after<M: Serialize>(&self, messages: &[M], delay: Duration) -> Result<(), QueueError> {
        // Rounded up: a message that comes too early has to be sent once more.
        let seconds = delay.min(MAX_DELAY).as_millis().div_ceil(1_000);
        // A delay that is given takes the place of the queue's own.
        let seconds = (seconds > 0).then(|| i32::try_from(seconds).unwrap_or(i32::MAX));
        for batch in messages.chunks(MAX_BATCH) {
            let entry = |(n, message)| {
                let body = serde_json::to_value(message).map_err(|error| self.error(error))?;
                let entry = SendMessageBatchRequestEntry::builder()
                    .id(format!("{n}"))
                    .set_message_system_attributes(trace_attribute(&body))
                    .message_body(body.to_string())
                    .set_delay_seconds(seconds);
                entry.build().map_err(|error| self.error(error))
            };
            let entries = batch.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?;
            let request = self.client.send_message_batch().queue_url(&self.url).set_entries(Some(entries));
            let answer = request.send().await.map_err(|error| self.error(DisplayErrorContext(error)))?;
            if let Some(failed) = answer.failed().first() {
                return Err(self.error(failed.message().unwrap_or(failed.code())));
            }
        }
        Ok(())
    }

    fn error(&self, reason: impl ToString) -> QueueError {
        QueueError { queue: self.url.clone(), reason: reason.to_string() }
    }
}

/// What tells X-Ray which trace a message belongs to: the one that it names itself, or the current one.
fn trace_attribute(
    body: &Value,
) -> Option<HashMap<MessageSystemAttributeNameForSends, MessageSystemAttributeValue>> {
    let named = body.get(telemetry::log::TRACE_ID).and_then(Value::as_str);
    let trace = named.and_then(|named| TraceId::parse(named).ok()).or_else(trace::current)?;
    let header = MessageSystemAttributeValue::builder()
        .data_type("String")
        .string_value(trace::xray_header_of(trace))
        .build()
        .ok()?;
    Some(HashMap::from([(MessageSystemAttributeNameForSends::AwsTraceHeader, header)]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(body: &Value) -> Option<TraceId> {
        let attributes = trace_attribute(body)?;
        let header = attributes.get(&MessageSystemAttributeNameForSends::AwsTraceHeader)?;
        trace::read_xray_header(header.string_value()?)
    }

    #[tokio::test]
    async fn a_message_is_sent_in_the_trace_that_it_names_or_in_the_current_one() {
        let (own, current) = (TraceId::generate(), TraceId::generate());
        assert_eq!(told(&json!({ "orderId": "ord_1" })), None);
        trace::within(current, async {
            assert_eq!(told(&json!({ "traceId": own })), Some(own));
            assert_eq!(told(&json!({ "orderId": "ord_1" })), Some(current));
        })
        .await;
    }
}
