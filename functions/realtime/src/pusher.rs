//! Tells open pages what happened.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use aws_sdk_apigatewaymanagement::Client;
use aws_sdk_apigatewaymanagement::config::Builder;
use aws_sdk_apigatewaymanagement::error::DisplayErrorContext;
use aws_sdk_apigatewaymanagement::operation::post_to_connection::PostToConnectionError;
use aws_sdk_apigatewaymanagement::primitives::Blob;
use domain::{EventId, OrderId, TaskId, Topic};
use futures::future::try_join_all;
use futures::{StreamExt, stream};
use jiff::Timestamp;
use serde_json::Value;
use store::followers::{ConnectionId, Follower};
use store::{Database, StoreError};
use telemetry::Metric;

use crate::protocol::Frame;

/// How many pages are told at once.
pub const PARALLEL: usize = 64;
/// How often it is tried to tell a page.
pub const ATTEMPTS: u32 = 3;
/// The pause after the first such try; it doubles with the next.
pub const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Something that happened.
#[derive(Debug, Clone)]
pub struct News {
    /// The event's id.
    pub id: EventId,
    /// Whose followers hear of it. One who follows several of them hears of it once.
    pub topics: Vec<Topic>,
    /// What happened.
    pub event: String,
    /// The order that it happened to.
    pub order_id: Option<OrderId>,
    /// The task that it happened to.
    pub task_id: Option<TaskId>,
    /// When.
    pub at: Timestamp,
    /// How the queues stand, where that is what is told.
    pub queues: Option<Value>,
}

impl News {
    /// What is said to a page that follows these of its topics; there is one at least.
    fn frame(&self, topics: &[Topic]) -> Result<Vec<u8>, serde_json::Error> {
        let News { id, event, order_id, task_id, at, queues, .. } = self.clone();
        let topic = topics.first().copied().unwrap_or(Topic::Orders);
        let topics = topics.to_vec();
        serde_json::to_vec(&Frame::Event { id, topic, topics, event, order_id, task_id, at, queues })
    }
}

/// How many pages were told, and what became of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pushed {
    /// They have it.
    pub told: u32,
    /// Their time was over; they follow no more.
    pub expired: u32,
    /// Their connection had ended, and is forgotten.
    pub gone: u32,
    /// They could not be reached: their connection was cut, so that they come again and catch up.
    pub cut: u32,
}

impl Pushed {
    /// The same in words.
    #[must_use]
    pub fn summary(self) -> String {
        let Self { told, expired, gone, cut } = self;
        let others = [(expired, "expired"), (gone, "gone"), (cut, "cut off")];
        let others = others.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
        format!("told {told} pages{}", others.collect::<String>())
    }

    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Told => self.told += 1,
            Fate::Gone => self.gone += 1,
            Fate::Cut => self.cut += 1,
        }
    }
}

/// What became of telling one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Told,
    Gone,
    Cut,
}

/// Tells open pages what happened.
#[derive(Debug, Clone)]
pub struct Pusher {
    database: Database,
    client: Client,
}

impl Pusher {
    /// The connections and the API that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let endpoint: String = cloud::setting("CONNECTIONS_ENDPOINT")?;
        Ok(Self::new(config, Database::from_env(config), endpoint))
    }

    /// These connections, and the API at this address, its stage included.
    #[must_use]
    pub fn new(config: &SdkConfig, database: Database, endpoint: String) -> Self {
        let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_PAUSE);
        let api = Builder::from(config).endpoint_url(endpoint).retry_config(retries);
        Self { database, client: Client::from_conf(api.build()) }
    }

    /// Whether somebody follows a topic now.
    pub async fn is_followed(&self, topic: Topic, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.database.followers(topic).await?.iter().any(|follower| follower.until > now))
    }

    /// Tells all who follow one of the topics, each once. A page that cannot be told is no error: it is cut off, comes again,
    /// and asks how things stand.
    pub async fn tell(&self, news: &News, now: Timestamp) -> Result<Pushed, lambda_runtime::Error> {
        let lists = news.topics.iter().map(|topic| async move {
            Ok::<_, StoreError>((*topic, self.database.followers(*topic).await?))
        });
        let Sorted { pages, expired } = sort(try_join_all(lists).await?, now);
        let mut frames = BTreeMap::new();
        for topics in pages.values() {
            if !frames.contains_key(topics) {
                frames.insert(topics.clone(), news.frame(topics)?);
            }
        }
        let tell = |(connection, topics): (&ConnectionId, &Vec<Topic>)| {
            let frame = frames.get(topics).cloned().unwrap_or_default();
            let (connection, topics) = (connection.clone(), topics.clone());
            async move { self.tell_one(&connection, &topics, frame).await }
        };
        let fates: Vec<_> = stream::iter(pages.iter().map(tell)).buffer_unordered(PARALLEL).collect().await;
        let mut pushed =
            Pushed { expired: u32::try_from(expired.len()).unwrap_or(u32::MAX), ..Pushed::default() };
        for (topic, connection) in &expired {
            // The next event finds it again.
            if let Err(error) = self.database.remove_expired(*topic, connection, now).await {
                tracing::warn!(%connection, %error, "a follower whose time is over is not removed");
            }
        }
        for fate in fates {
            pushed.count(fate);
        }
        // Metrics that are always 0 need no line.
        for (metric, n) in
            [(Metric::PushesSent, pushed.told), (Metric::ConnectionsDropped, pushed.gone + pushed.cut)]
        {
            if n > 0 {
                telemetry::count(metric, n);
            }
        }
        Ok(pushed)
    }

    async fn tell_one(&self, connection: &ConnectionId, topics: &[Topic], frame: Vec<u8>) -> Fate {
        let post = self.client.post_to_connection().connection_id(connection.as_str()).data(Blob::new(frame));
        let Err(error) = post.send().await else { return Fate::Told };
        let fate = match error.as_service_error() {
            Some(PostToConnectionError::GoneException(_)) => Fate::Gone,
            _ => Fate::Cut,
        };
        if fate == Fate::Cut {
            tracing::warn!(%connection, error = %DisplayErrorContext(&error), "a page cannot be told");
            let cut = self.client.delete_connection().connection_id(connection.as_str()).send().await;
            if let Err(error) = cut {
                tracing::warn!(%connection, error = %DisplayErrorContext(&error), "nor be cut off");
            }
        }
        // What is not forgotten now is found to be gone by the next event, or by its time to live.
        if let Err(error) = self.database.forget_connection(connection, topics).await {
            tracing::warn!(%connection, %error, "a connection that ended is not forgotten");
        }
        fate
    }
}

/// Followers, by what is to be done with them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sorted {
    /// Those who hear of the event, and the topics of it that they follow, in the event's order.
    pages: BTreeMap<ConnectionId, Vec<Topic>>,
    /// Those whose time is over.
    expired: Vec<(Topic, ConnectionId)>,
}

fn sort(lists: Vec<(Topic, Vec<Follower>)>, now: Timestamp) -> Sorted {
    let mut sorted = Sorted::default();
    for (topic, followers) in lists {
        for Follower { connection, until } in followers {
            if until > now {
                sorted.pages.entry(connection).or_default().push(topic);
            } else {
                sorted.expired.push((topic, connection));
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests;
