//! Connections of browsers, and what they follow.

use domain::Topic;

use super::Key;

/// Sort key of a connection.
pub const CONNECTION: &str = "CONNECTION";

/// What the sort keys of followers begin with.
pub const FOLLOWER_PREFIX: &str = "CONNECTION#";

/// Key of a connection.
#[must_use]
pub fn connection(id: &str) -> Key {
    Key::new(format!("{FOLLOWER_PREFIX}{id}"), CONNECTION)
}

/// Partition of all who follow a topic.
#[must_use]
pub fn followers(topic: Topic) -> String {
    format!("TOPIC#{topic}")
}

/// Key of somebody who follows a topic.
#[must_use]
pub fn follower(topic: Topic, connection: &str) -> Key {
    Key::new(followers(topic), format!("{FOLLOWER_PREFIX}{connection}"))
}
