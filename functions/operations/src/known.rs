//! The schedules and queues of this stack: the template names them, and nothing else can be seen or changed.

use std::str::FromStr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use web::Problem;

/// What is added to a queue's name for that of its dead letters.
pub const DEAD_LETTERS: &str = "-dead-letters";

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownSchedule {
    /// What it is called here, which is its worker's name.
    pub name: String,
    /// What it is called at the scheduler.
    pub schedule: String,
    /// The function that it calls.
    pub function: String,
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KnownQueue {
    /// What it is called here.
    pub name: String,
    /// Who works through it. Nobody: it holds what somebody gave up on.
    #[serde(default)]
    pub worker: Option<String>,
    /// Where it is.
    pub url: String,
    /// Where its messages go that failed too often.
    #[serde(default)]
    pub dead_letters: Option<String>,
}

/// Something that has a name.
pub trait Named {
    /// What it is called here.
    fn name(&self) -> &str;
}

impl Named for KnownSchedule {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for KnownQueue {
    fn name(&self) -> &str {
        &self.name
    }
}

/// All schedules, or all queues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T>(Vec<T>);

impl<T> Known<T> {
    /// All of them, in the template's order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T: Named> Known<T> {
    /// The one with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|known| known.name() == name)
    }
}

impl<T: DeserializeOwned> FromStr for Known<T> {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

/// A queue of messages that somebody gave up on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters<'a> {
    /// Where it is.
    pub url: &'a str,
    /// The queue that they came from, if they can go back.
    pub source: Option<&'a KnownQueue>,
}

impl Known<KnownQueue> {
    /// The messages that somebody gave up on, by their queue's name. A queue that a worker is at is refused: looking at a
    /// message there would count as a try to handle it.
    pub fn letters(&self, name: &str) -> Result<Letters<'_>, Problem> {
        if let Some(queue) = self.find(name) {
            if let Some(worker) = &queue.worker {
                let detail = format!(
                    "{worker} works through this queue; only dead letters can be looked at, sent again or discarded"
                );
                return Err(Problem::conflict(detail));
            }
            return Ok(Letters { url: &queue.url, source: None });
        }
        let source = name.strip_suffix(DEAD_LETTERS).and_then(|source| self.find(source));
        let letters = source.and_then(|source| {
            source.dead_letters.as_deref().map(|url| Letters { url, source: Some(source) })
        });
        letters.ok_or_else(|| Problem::not_found("queue"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dead_letters_can_be_touched() {
        let queues: Known<KnownQueue> = r#"[
            {"name": "sync", "worker": "sync-supplier", "url": "https://q/sync", "deadLetters": "https://q/dead"},
            {"name": "stream-failures", "url": "https://q/failures"}
        ]"#
        .parse()
        .unwrap();
        let dead = queues.letters("sync-dead-letters").unwrap();
        assert_eq!((dead.url, dead.source.unwrap().url.as_str()), ("https://q/dead", "https://q/sync"));
        let failures = queues.letters("stream-failures").unwrap();
        assert_eq!((failures.url, failures.source), ("https://q/failures", None));
        for (name, status) in
            [("sync", 409), ("stream-failures-dead-letters", 404), ("other", 404), ("-dead-letters", 404)]
        {
            assert_eq!(queues.letters(name).unwrap_err().status().as_u16(), status, "{name}");
        }
    }

    #[test]
    fn a_list_that_says_something_else_is_refused() {
        assert!(r#"[{"name": "sync", "url": "u", "worker": null, "other": 1}]"#.parse::<Known<KnownQueue>>().is_err());
        assert!("".parse::<Known<KnownSchedule>>().is_err());
    }
}
