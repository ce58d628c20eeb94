//! Queues, and the messages in them that somebody gave up on.
//!
//! A queue has no way to look at a message and leave it there: it is received, which hides it, and given back. Where that
//! fails it comes back by itself after [`HOLD_SECONDS`].

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message,
    MessageSystemAttributeName, QueueAttributeName, SendMessageBatchRequestEntry,
};
use jiff::Timestamp;
use web::Problem;

/// How long messages are hidden that are looked at: longer than a route may run.
pub const HOLD_SECONDS: i32 = 30;
/// The most messages that are looked at for one of them.
pub const MAX_LOOKED_AT: usize = 500;
/// The most messages that SQS gives, or takes, at once.
const BATCH: i32 = 10;
/// How long a receive waits: one that waits asks all of SQS's servers, and so finds what there is.
const WAIT_SECONDS: i32 = 1;

/// How many messages a queue holds, give or take some.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that can be received.
    pub waiting: u64,
    /// Those that somebody is at.
    pub in_flight: u64,
    /// Those whose time has not come.
    pub delayed: u64,
}

/// A queue at an address.
#[derive(Debug, Clone, Copy)]
pub struct Mailbox<'a> {
    client: &'a Client,
    url: &'a str,
}

/// Messages by their ids.
pub type Taken = BTreeMap<String, Message>;

impl<'a> Mailbox<'a> {
    /// The queue at this address.
    #[must_use]
    pub fn new(client: &'a Client, url: &'a str) -> Self {
        Self { client, url }
    }

    /// How many messages it holds.
    pub async fn counts(self) -> Result<Counts, Problem> {
        use QueueAttributeName as Name;
        let names = [
            Name::ApproximateNumberOfMessages,
            Name::ApproximateNumberOfMessagesNotVisible,
            Name::ApproximateNumberOfMessagesDelayed,
        ];
        let request = self.client.get_queue_attributes().queue_url(self.url);
        let answer = request.set_attribute_names(Some(names.to_vec())).send().await;
        let answer = answer.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
        let count = |name: Name| {
            let attributes = answer.attributes();
            attributes.and_then(|all| all.get(&name)).and_then(|count| count.parse().ok()).unwrap_or_default()
        };
        let [waiting, in_flight, delayed] = names.map(count);
        Ok(Counts { waiting, in_flight, delayed })
    }

    /// When the oldest of some messages was sent. They are not hidden for it.
    pub async fn oldest(self) -> Result<Option<Timestamp>, Problem> {
        let some = self.receive(0, 0).await?;
        Ok(some.iter().filter_map(sent_at).min())
    }

    async fn receive(self, hold_seconds: i32, wait_seconds: i32) -> Result<Vec<Message>, Problem> {
        let request = self
            .client
            .receive_message()
            .queue_url(self.url)
            .max_number_of_messages(BATCH)
            .message_attribute_names("All")
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .visibility_timeout(hold_seconds)
            .wait_time_seconds(wait_seconds);
        let answer = request.send().await.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
        Ok(answer.messages.unwrap_or_default())
    }

    /// Takes messages, until there are `limit` of them, or `enough` says so, or there are no more.
    pub async fn take(self, limit: usize, enough: impl Fn(&Taken) -> bool) -> Result<Taken, Problem> {
        let mut taken = Taken::new();
        while taken.len() < limit && !enough(&taken) {
            let messages = self.receive(HOLD_SECONDS, WAIT_SECONDS).await?;
            if messages.is_empty() {
                break;
            }
            let with_id =
                messages.into_iter().filter_map(|message| Some((message.message_id.clone()?, message)));
            taken.extend(with_id);
        }
        Ok(taken)
    }

    /// Takes the messages with these ids, and gives the others back that it came across.
    pub async fn pick(self, ids: &BTreeSet<String>) -> Result<Taken, Problem> {
        let has_all = |taken: &Taken| ids.iter().all(|id| taken.contains_key(id));
        let mut taken = self.take(MAX_LOOKED_AT, has_all).await?;
        let others =
            taken.extract_if(.., |id, _| !ids.contains(id)).map(|(_, message)| message).collect::<Vec<_>>();
        self.give_back(&others).await;
        Ok(taken)
    }

    /// Shows messages to others again.
    pub async fn give_back(self, messages: &[Message]) {
        for batch in batches(messages) {
            let entry = |(n, message): (usize, &Message)| {
                let entry = ChangeMessageVisibilityBatchRequestEntry::builder()
                    .id(format!("{n}"))
                    .visibility_timeout(0);
                entry.set_receipt_handle(message.receipt_handle.clone()).build().ok()
            };
            let entries = batch.iter().enumerate().filter_map(entry).collect();
            let request = self.client.change_message_visibility_batch().queue_url(self.url);
            if let Err(error) = request.set_entries(Some(entries)).send().await {
                tracing::warn!(error = %DisplayErrorContext(error), "messages stay hidden for a while");
            }
        }
    }

    /// Takes messages out for good.
    pub async fn remove(self, messages: &[Message]) -> Result<(), Problem> {
        for batch in batches(messages) {
            let entry = |(n, message): (usize, &Message)| {
                let entry = DeleteMessageBatchRequestEntry::builder().id(format!("{n}"));
                entry.set_receipt_handle(message.receipt_handle.clone()).build().map_err(Problem::internal)
            };
            let entries = batch.iter().enumerate().map(entry).collect::<Result<_, _>>()?;
            let request = self.client.delete_message_batch().queue_url(self.url).set_entries(Some(entries));
            let answer =
                request.send().await.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
            if let Some(failed) = answer.failed().first() {
                return Err(Problem::internal(failed.message().unwrap_or(failed.code())));
            }
        }
        Ok(())
    }

    /// Puts copies of messages into the queue, to be received at once.
    pub async fn put(self, messages: &[Message]) -> Result<(), Problem> {
        for batch in batches(messages) {
            let entry = |(n, message): (usize, &Message)| {
                let body = message.body().unwrap_or_default();
                let entry = SendMessageBatchRequestEntry::builder().id(format!("{n}")).message_body(body);
                entry.delay_seconds(0).build().map_err(Problem::internal)
            };
            let entries = batch.iter().enumerate().map(entry).collect::<Result<_, _>>()?;
            let request = self.client.send_message_batch().queue_url(self.url).set_entries(Some(entries));
            let answer =
                request.send().await.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
            if let Some(failed) = answer.failed().first() {
                return Err(Problem::internal(failed.message().unwrap_or(failed.code())));
            }
        }
        Ok(())
    }
}

fn batches(messages: &[Message]) -> std::slice::Chunks<'_, Message> {
    messages.chunks(BATCH.unsigned_abs() as usize)
}

fn attribute(message: &Message, name: &MessageSystemAttributeName) -> Option<i64> {
    message.attributes()?.get(name)?.parse().ok()
}

/// When a message was sent first; moving to the dead letters does not change it.
#[must_use]
pub fn sent_at(message: &Message) -> Option<Timestamp> {
    let millis = attribute(message, &MessageSystemAttributeName::SentTimestamp)?;
    Timestamp::from_millisecond(millis).ok()
}

/// How often a message has been received, as far as the queue knows.
#[must_use]
pub fn receives(message: &Message) -> u32 {
    let receives = attribute(message, &MessageSystemAttributeName::ApproximateReceiveCount);
    receives.and_then(|receives| u32::try_from(receives).ok()).unwrap_or_default()
}
