//! Catalogue stream: keeps what lists a product (with its stock, its rating and the names of its categories and brand), the
//! list of what runs low, and how many products categories have, in step with the table.
//!
//! All of it is computed anew from the table, never added up, so that it does not matter how often or in which order
//! changes are told.

use std::collections::BTreeSet;

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use domain::{ProductId, Slug};
use events::{Outcome, Report};
use futures::{StreamExt, TryStreamExt, stream};
use lambda_runtime::{Error, LambdaEvent};
use serde_dynamo::{AttributeValue, Item};
use store::{Database, keys};
use telemetry::Metric;

use crate::moved::Moved;
use crate::record;

/// How many products are looked at at a time.
const AT_ONCE: usize = 8;

/// Handles one batch of changes.
pub async fn handle(database: &Database, event: LambdaEvent<Event>) -> Result<Report, Error> {
    let mut products = BTreeSet::new();
    let mut categories = BTreeSet::new();
    let mut moved = Moved::default();
    let mut sold_out = 0;
    for record in &event.payload.records {
        let (pk, sk) = (record::key(record, "pk"), record::key(record, "sk"));
        let changed = sk == keys::PRODUCT && record.event_name != "REMOVE";
        if changed || (sk.starts_with(keys::STOCK_PREFIX) && shows(record)) {
            products.extend(pk.strip_prefix("PRODUCT#").and_then(|id| ProductId::parse(id).ok()));
        }
        if record.event_name != "MODIFY" {
            categories.extend(sk.strip_prefix(keys::LISTING_PREFIX).and_then(|slug| Slug::parse(slug).ok()));
        }
        sold_out += u32::from(sk.starts_with(keys::STOCK_PREFIX) && empties(record));
        moved.take(record);
    }
    let mut changed = 0;
    if !products.is_empty() || !moved.is_empty() {
        let names = database.names().await?;
        products.append(&mut moved.products(database, &names).await?);
        changed = stream::iter(&products)
            .map(|product| database.refresh_product(*product, &names))
            .buffer_unordered(AT_ONCE)
            .try_fold(0_usize, async |sum, changed| Ok(sum + usize::from(changed)))
            .await?;
    }
    for category in &categories {
        database.recount_category(category).await?;
    }
    if sold_out > 0 {
        telemetry::count(Metric::StockOuts, sold_out);
    }
    tracing::info!(products = products.len(), changed, categories = categories.len(), "listings refreshed");
    let refreshed =
        format!("{changed} of {} products changed, {} categories", products.len(), categories.len());
    Ok(Outcome::Done.saying(refreshed))
}

/// Whether listings, or the list of what runs low, show a change of stock: the first and the last piece, and the
/// threshold. New stock comes with its listing entries.
fn shows(record: &EventRecord) -> bool {
    let (before, after) = (Level::of(&record.change.old_image), Level::of(&record.change.new_image));
    let low = |level: &Level| level.threshold.is_some_and(|threshold| level.available <= threshold);
    record.event_name == "MODIFY"
        && ((before.available == 0) != (after.available == 0) || low(&before) != low(&after))
}

/// Whether a change took the last piece from the shelf.
fn empties(record: &EventRecord) -> bool {
    let (before, after) = (Level::of(&record.change.old_image), Level::of(&record.change.new_image));
    record.event_name == "MODIFY" && before.available > 0 && after.available == 0
}

/// What there is of a SKU, and at how many pieces it runs low.
struct Level {
    available: u64,
    threshold: Option<u64>,
}

impl Level {
    fn of(image: &Item) -> Self {
        let number = |name: &str| match image.get(name) {
            Some(AttributeValue::N(number)) => number.parse().ok(),
            _ => None,
        };
        Self { available: number("available").unwrap_or_default(), threshold: number("lowStockThreshold") }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn change(before: (&str, Option<&str>), after: (&str, Option<&str>)) -> EventRecord {
        let image = |(available, threshold): (&str, Option<&str>)| {
            let number = |n: &str| AttributeValue::N(n.into());
            let mut image = HashMap::from([("available".to_owned(), number(available))]);
            image.extend(threshold.map(|n| ("lowStockThreshold".to_owned(), number(n))));
            Item::from(image)
        };
        let mut record = EventRecord::default();
        record.event_name = "MODIFY".into();
        record.change.old_image = image(before);
        record.change.new_image = image(after);
        record
    }

    #[test]
    fn only_the_first_and_the_last_piece_change_a_listing() {
        assert!(shows(&change(("1", None), ("0", None))));
        assert!(shows(&change(("0", None), ("10", None))));
        assert!(!shows(&change(("10", None), ("1", None))));
        assert!(!shows(&change(("0", None), ("0", None))));
    }

    #[test]
    fn the_last_piece_empties_the_shelf_once() {
        assert!(empties(&change(("3", None), ("0", None))));
        assert!(!empties(&change(("0", None), ("0", None))));
        assert!(!empties(&change(("0", None), ("3", None))));
        assert!(!empties(&change(("3", None), ("1", None))));
    }

    #[test]
    fn what_begins_or_ends_to_run_low_is_shown() {
        assert!(shows(&change(("6", Some("5")), ("5", Some("5")))));
        assert!(shows(&change(("5", Some("5")), ("6", Some("5")))));
        assert!(shows(&change(("5", None), ("5", Some("5")))));
        assert!(shows(&change(("5", Some("5")), ("5", None))));
        assert!(!shows(&change(("5", Some("5")), ("4", Some("5")))));
    }
}
