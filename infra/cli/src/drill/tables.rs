//! What the drill asks of DynamoDB.

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::{Select, TableStatus};
use jiff::SignedDuration;

use super::DrillError;

/// How long a table may take to come back. On AWS it takes minutes however small it is.
const PATIENCE: SignedDuration = SignedDuration::from_hours(3);
/// How often it is looked whether it has.
const INTERVAL: Duration = Duration::from_secs(2);

/// How many items a table has, counted one by one.
pub async fn count(client: &Client, table: &str) -> Result<usize, DrillError> {
    let mut pages = client.scan().table_name(table).select(Select::Count).into_paginator().send();
    let mut items = 0;
    while let Some(page) = pages.next().await {
        items += usize::try_from(page.map_err(refused("counting", table))?.count()).unwrap_or_default();
    }
    Ok(items)
}

/// Restores a table as it was a moment ago under another name, and waits until it is there.
pub async fn restore(client: &Client, source: &str, target: &str) -> Result<(), DrillError> {
    let restore = client.restore_table_to_point_in_time();
    let restore =
        restore.source_table_name(source).target_table_name(target).use_latest_restorable_time(true);
    restore.send().await.map_err(refused("restoring", source))?;
    let began = Instant::now();
    loop {
        let described = client.describe_table().table_name(target).send().await;
        let table = described.map_err(refused("looking for", target))?.table;
        if table.and_then(|table| table.table_status) == Some(TableStatus::Active) {
            return Ok(());
        }
        let waited = SignedDuration::try_from(began.elapsed()).unwrap_or(SignedDuration::MAX);
        if waited > PATIENCE {
            return Err(DrillError::Late { table: target.to_owned(), waited });
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Deletes a table that was restored.
pub async fn delete(client: &Client, target: &str) -> Result<(), DrillError> {
    client.delete_table().table_name(target).send().await.map_err(refused("deleting", target))?;
    Ok(())
}

fn refused<E: std::error::Error>(what: &'static str, table: &str) -> impl FnOnce(E) -> DrillError {
    move |error| DrillError::Refused {
        what,
        table: table.to_owned(),
        reason: DisplayErrorContext(error).to_string(),
    }
}
