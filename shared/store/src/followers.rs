//! Who follows what: the connections of browsers, and the topics of which they hear.
//!
//! A topic's partition has an item for each connection that follows it, which is what an event asks for; the connection's
//! own item names its topics, which is what is asked for when it ends. The first is read consistently: whoever was told
//! that they follow hears of all that happens from then on. An item that outlives its connection does no harm: the first
//! event that cannot be told removes it, or its time to live does.

use std::collections::BTreeSet;
use std::fmt;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::Topic;
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::batch::MAX_WRITES;
use crate::error::{StoreError, held};
use crate::item::{self, Item};
use crate::keys;
use crate::{Database, Table};

/// The most topics that one connection may follow.
pub const MAX_TOPICS: usize = 20;
/// The most connections that follow one order. Each event of it is a call for each of them, and whoever has an order's
/// token could open any number.
pub const MAX_FOLLOWERS_OF_ORDER: usize = 50;
/// How long a connection may live: the API closes it then, whatever it does.
pub const MAX_CONNECTION: SignedDuration = SignedDuration::from_hours(2);

/// How often a connection's item is read again that another message of the same connection changed.
const ATTEMPTS: usize = 5;
/// The attribute that holds a connection's topics.
const TOPICS: &str = "topics";

/// Text that is no id of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("is no id of a connection: expected 1 to {max} letters, digits, `-`, `_` or `=`", max = ConnectionId::MAX_LENGTH)]
pub struct ConnectionIdError;

/// What the API calls a browser's connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(String);

impl ConnectionId {
    /// The most characters.
    pub const MAX_LENGTH: usize = 128;

    /// Checks an id.
    pub fn parse(text: &str) -> Result<Self, ConnectionIdError> {
        let is_good = |c: char| c.is_ascii_alphanumeric() || "-_=".contains(c);
        let good = (1..=Self::MAX_LENGTH).contains(&text.len()) && text.chars().all(is_good);
        if good { Ok(Self(text.to_owned())) } else { Err(ConnectionIdError) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody who follows a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// The connection.
    pub connection: ConnectionId,
    /// Up to when: to the second.
    pub until: Timestamp,
}

impl Database {
    /// Makes a connection follow topics until a time, those that it follows already too; whether it may follow so many.
    pub async fn follow(
        &self,
        connection: &ConnectionId,
        topics: &BTreeSet<Topic>,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        // The connection's item first: whoever stands in a topic's partition can be found at the connection's end.
        if !self.note_topics(connection, topics, now).await? {
            return Ok(false);
        }
        let follower = |topic: &Topic| {
            let mut item = keys::follower(*topic, connection.as_str()).into_item();
            item.insert(item::TTL.into(), item::number(until.as_second()));
            item
        };
        self.put_items(Table::Realtime, topics.iter().map(follower).collect()).await?;
        Ok(true)
    }

    /// Adds topics to those of a connection, unless they were too many.
    async fn note_topics(
        &self,
        connection: &ConnectionId,
        topics: &BTreeSet<Topic>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let key = || keys::connection(connection.as_str()).into_item();
        for _ in 0..ATTEMPTS {
            let request = self.client.get_item().table_name(self.table(Table::Realtime)?);
            let found = request.set_key(Some(key())).consistent_read(true).send().await;
            let found = found.map_err(StoreError::sdk("GetItem"))?.item.unwrap_or_default();
            let (mut all, version) = (topics_of(&found)?, item::version_or_none(&found)?);
            all.extend(topics);
            if all.len() > MAX_TOPICS {
                return Ok(false);
            }
            let update = self
                .client
                .update_item()
                .table_name(self.table(Table::Realtime)?)
                .set_key(Some(key()))
                .update_expression("SET #topics = :topics, #version = :next, #ttl = :ttl")
                .condition_expression("attribute_not_exists(#version) OR #version = :read")
                .expression_attribute_names("#topics", TOPICS)
                .expression_attribute_names("#version", item::VERSION)
                .expression_attribute_names("#ttl", item::TTL)
                .expression_attribute_values(":topics", names(&all))
                .expression_attribute_values(":read", item::number(version))
                .expression_attribute_values(":next", item::number(version + 1))
                .expression_attribute_values(":ttl", item::number((now + MAX_CONNECTION).as_second()));
            if held("UpdateItem", update.send().await)? {
                return Ok(true);
            }
        }
        Err(StoreError::Contended)
    }

    /// Makes a connection follow topics no more.
    pub async fn unfollow(
        &self,
        connection: &ConnectionId,
        topics: &BTreeSet<Topic>,
    ) -> Result<(), StoreError> {
        self.delete_followers(topics.iter().map(|topic| (*topic, connection))).await?;
        let update = self
            .client
            .update_item()
            .table_name(self.table(Table::Realtime)?)
            .set_key(Some(keys::connection(connection.as_str()).into_item()))
            .update_expression("ADD #version :one DELETE #topics :topics")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#topics", TOPICS)
            .expression_attribute_names("#version", item::VERSION)
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":topics", names(topics));
        // One that follows nothing has no item, and nothing to be taken out of it.
        held("UpdateItem", update.send().await).map(drop)
    }

    /// All who follow a topic as of now, also those whose time is over.
    pub async fn followers(&self, topic: Topic) -> Result<Vec<Follower>, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Realtime)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::followers(topic)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut followers = Vec::new();
        while let Some(item) = items.next().await {
            followers.push(read_follower(&item.map_err(StoreError::sdk("Query"))?)?);
        }
        Ok(followers)
    }

    /// Takes a connection off a topic, unless it has come to follow it anew.
    pub async fn remove_expired(
        &self,
        topic: Topic,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let request = self
            .client
            .delete_item()
            .table_name(self.table(Table::Realtime)?)
            .set_key(Some(keys::follower(topic, connection.as_str()).into_item()))
            .condition_expression("#ttl <= :now")
            .expression_attribute_names("#ttl", item::TTL)
            .expression_attribute_values(":now", item::number(now.as_second()));
        held("DeleteItem", request.send().await).map(drop)
    }

    /// Forgets a connection that has ended, and takes it off its topics; also off `others`, where it was found though its
    /// own item may be gone.
    pub async fn forget_connection(
        &self,
        connection: &ConnectionId,
        others: &[Topic],
    ) -> Result<(), StoreError> {
        let request = self
            .client
            .delete_item()
            .table_name(self.table(Table::Realtime)?)
            .set_key(Some(keys::connection(connection.as_str()).into_item()))
            .return_values(ReturnValue::AllOld);
        let deleted = request.send().await.map_err(StoreError::sdk("DeleteItem"))?;
        let mut topics = topics_of(&deleted.attributes.unwrap_or_default())?;
        topics.extend(others);
        self.delete_followers(topics.into_iter().map(|topic| (topic, connection))).await
    }

    async fn delete_followers(
        &self,
        followers: impl Iterator<Item = (Topic, &ConnectionId)>,
    ) -> Result<(), StoreError> {
        let key = |(topic, connection): (Topic, &ConnectionId)| {
            keys::follower(topic, connection.as_str()).into_item()
        };
        let keys: Vec<Item> = followers.map(key).collect();
        for batch in keys.chunks(MAX_WRITES) {
            self.delete_items(Table::Realtime, batch).await?;
        }
        Ok(())
    }
}

fn names(topics: &BTreeSet<Topic>) -> AttributeValue {
    AttributeValue::Ss(topics.iter().map(Topic::to_string).collect())
}

fn topics_of(item: &Item) -> Result<BTreeSet<Topic>, StoreError> {
    let Some(AttributeValue::Ss(names)) = item.get(TOPICS) else { return Ok(BTreeSet::new()) };
    names.iter().map(|name| Topic::parse(name).map_err(|error| item::corrupt(item, error))).collect()
}

fn read_follower(item: &Item) -> Result<Follower, StoreError> {
    let id = item::sort_key(item).strip_prefix(keys::FOLLOWER_PREFIX).unwrap_or_default();
    let connection = ConnectionId::parse(id).map_err(|error| item::corrupt(item, error))?;
    let until = Timestamp::from_second(item::read_signed(item, item::TTL)?);
    Ok(Follower { connection, until: until.map_err(|error| item::corrupt(item, error))? })
}

#[cfg(test)]
mod tests {
    use domain::OrderId;

    use super::*;

    #[test]
    fn ids_of_connections_are_what_the_api_makes() {
        for good in ["Zk9xRcbgLPECJCA=", "0a1b2c3d4e5f6789", "a-b_c=="] {
            assert_eq!(ConnectionId::parse(good).unwrap().as_str(), good);
        }
        for bad in [String::new(), "a/b".into(), "a#b".into(), "é".into(), "a".repeat(129)] {
            assert_eq!(ConnectionId::parse(&bad), Err(ConnectionIdError), "{bad}");
        }
    }

    #[test]
    fn a_follower_is_read_from_its_key_and_its_time() {
        let topic = Topic::Order(OrderId::generate());
        let mut item = keys::follower(topic, "abc=").into_item();
        item.insert(item::TTL.into(), item::number(1_795_320_955));
        let follower = read_follower(&item).unwrap();
        assert_eq!(follower.connection.as_str(), "abc=");
        assert_eq!(follower.until.as_second(), 1_795_320_955);
        item.remove(item::TTL);
        assert!(read_follower(&item).is_err());
    }

    #[test]
    fn the_topics_of_a_connection_read_back() {
        let topics = BTreeSet::from([Topic::Orders, Topic::Queues, Topic::Order(OrderId::generate())]);
        let item = Item::from([(TOPICS.to_owned(), names(&topics))]);
        assert_eq!(topics_of(&item).unwrap(), topics);
        assert!(topics_of(&Item::new()).unwrap().is_empty());
        let wrong = Item::from([(TOPICS.to_owned(), AttributeValue::Ss(vec!["other".into()]))]);
        assert!(topics_of(&wrong).is_err());
    }
}
