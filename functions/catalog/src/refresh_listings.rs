//! Catalogue stream: keeps what listings say of stock, and how many products categories have, in step with the table.
//!
//! Both are computed anew from the table, never added up, so that it does not matter how often or in which order changes
//! are told.

use std::collections::BTreeSet;

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use domain::{ProductId, Slug};
use lambda_runtime::{Error, LambdaEvent};
use serde_dynamo::{AttributeValue, Item};
use store::{Database, keys};

/// Handles one batch of changes.
pub async fn handle(database: &Database, event: LambdaEvent<Event>) -> Result<(), Error> {
    let mut products = BTreeSet::new();
    let mut categories = BTreeSet::new();
    for record in &event.payload.records {
        let (pk, sk) = (key(record, "pk"), key(record, "sk"));
        if sk.starts_with(keys::STOCK_PREFIX) && crosses_zero(record) {
            products.extend(pk.strip_prefix("PRODUCT#").and_then(|id| ProductId::parse(id).ok()));
        }
        if record.event_name != "MODIFY" {
            categories.extend(sk.strip_prefix(keys::LISTING_PREFIX).and_then(|slug| Slug::parse(slug).ok()));
        }
    }
    for product in &products {
        database.refresh_in_stock(*product).await?;
    }
    for category in &categories {
        database.recount_category(category).await?;
    }
    tracing::info!(products = products.len(), categories = categories.len(), "listings refreshed");
    Ok(())
}

fn key(record: &EventRecord, name: &str) -> String {
    record.change.keys.get(name).and_then(text).unwrap_or_default()
}

fn text(value: &AttributeValue) -> Option<String> {
    match value {
        AttributeValue::S(text) => Some(text.clone()),
        _ => None,
    }
}

/// Whether a stock that was empty no longer is, or the other way round. New stock comes with its listing entries.
fn crosses_zero(record: &EventRecord) -> bool {
    let empty = |image: &Item| image.get("available") == Some(&AttributeValue::N("0".into()));
    record.event_name == "MODIFY" && empty(&record.change.old_image) != empty(&record.change.new_image)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn change(before: &str, after: &str) -> EventRecord {
        let image =
            |n: &str| Item::from(HashMap::from([("available".to_owned(), AttributeValue::N(n.into()))]));
        let mut record = EventRecord::default();
        record.event_name = "MODIFY".into();
        record.change.old_image = image(before);
        record.change.new_image = image(after);
        record
    }

    #[test]
    fn only_the_first_and_the_last_piece_change_a_listing() {
        assert!(crosses_zero(&change("1", "0")));
        assert!(crosses_zero(&change("0", "10")));
        assert!(!crosses_zero(&change("10", "1")));
        assert!(!crosses_zero(&change("0", "0")));
    }
}
