//! Lines of the functions' log group that name something.

use std::collections::BTreeSet;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::error::DisplayErrorContext;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use thiserror::Error;

use super::line::LogLine;
use crate::connection::Connection;

/// How many searches are under way at once: an account has five a second.
const AT_ONCE: usize = 4;

/// The logs cannot be read.
#[derive(Debug, Error)]
#[error("the logs in {group} cannot be read: {reason}")]
pub struct LogsError {
    group: String,
    reason: String,
}

/// The functions' log group.
pub struct Logs {
    client: Client,
    group: String,
    since: Timestamp,
}

impl Logs {
    /// The group of this name, from a time on.
    pub fn new(connection: &Connection, group: &str, since: Timestamp) -> Self {
        Self { client: Client::new(connection.sdk()), group: group.to_owned(), since }
    }

    /// All lines that name any of these ids.
    pub async fn with_any(&self, ids: &BTreeSet<String>) -> Result<BTreeSet<LogLine>, LogsError> {
        let searches: Vec<_> = ids.iter().map(|id| self.with(id)).collect();
        let found: Vec<Vec<_>> = stream::iter(searches).buffer_unordered(AT_ONCE).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// One id at a time: what CloudWatch searches as a phrase, the emulator does too, which knows no alternatives.
    async fn with(&self, id: &str) -> Result<Vec<LogLine>, LogsError> {
        let mut events = self
            .client
            .filter_log_events()
            .log_group_name(&self.group)
            .start_time(self.since.as_millisecond())
            .filter_pattern(format!("\"{id}\""))
            .into_paginator()
            .send();
        let mut lines = Vec::new();
        while let Some(page) = events.next().await {
            let page = page.map_err(|error| LogsError {
                group: self.group.clone(),
                reason: DisplayErrorContext(error).to_string(),
            })?;
            for event in page.events() {
                if let (Some(at), Some(text)) = (event.timestamp(), event.message()) {
                    // The emulator has no ids for what functions log.
                    lines.extend(LogLine::read(event.event_id().unwrap_or(text), at, text));
                }
            }
        }
        Ok(lines)
    }
}
