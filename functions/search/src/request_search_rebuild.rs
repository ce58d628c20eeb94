//! Catalogue stream and schedule: asks for a new index where a change matters to the search.

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use events::{Outcome, Queue, Report};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use serde::Deserialize;
use serde_dynamo::AttributeValue;
use store::keys;
use store::search::{SHOWN_OF_CATEGORY, SHOWN_OF_LISTING, SHOWN_OF_OTHERS, SHOWN_OF_PRODUCT};

use crate::rebuild_search_index::RebuildMessage;

/// What calls the function.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Call {
    /// The stream, with changes.
    Stream(Event),
    /// The schedule: in case a change was lost, and to have a first index.
    Schedule(serde_json::Value),
}

/// Handles one call. However many changes matter, one message is enough.
pub async fn handle(queue: &Queue, call: LambdaEvent<Call>) -> Result<Report, Error> {
    let (changes, matter) = match &call.payload {
        Call::Stream(event) => (event.records.len(), event.records.iter().any(matters)),
        Call::Schedule(_) => (0, true),
    };
    if matter {
        queue.send(&[RebuildMessage { requested_at: Timestamp::now() }]).await?;
    }
    tracing::info!(changes, asked = matter, "changes looked at");
    let asked = if matter { "a new index is asked for" } else { "the index is good" };
    Ok(Outcome::Done.saying(format!("{changes} changes looked at: {asked}")))
}

/// Whether a search would show the change, or find something by it. Carts and orders change stock all the time; only the
/// first and the last piece matter, and those change the listing entry.
fn matters(record: &EventRecord) -> bool {
    let sk = match record.change.keys.get("sk") {
        Some(AttributeValue::S(sk)) => sk.as_str(),
        _ => return false,
    };
    let listing = keys::listing_partition(None);
    let shown: &[&str] = match sk {
        keys::PRODUCT => &SHOWN_OF_PRODUCT,
        keys::SYNONYMS => &SHOWN_OF_OTHERS,
        sk if sk == listing => &SHOWN_OF_LISTING,
        sk if sk.starts_with(keys::CATEGORY_PREFIX) => &SHOWN_OF_CATEGORY,
        sk if sk.starts_with(keys::BRAND_PREFIX) => &SHOWN_OF_OTHERS,
        _ => return false,
    };
    let (before, after) = (&record.change.old_image, &record.change.new_image);
    record.event_name != "MODIFY" || shown.iter().any(|name| before.get(*name) != after.get(*name))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_dynamo::Item;

    use super::*;

    fn change(sk: &str, before: &[(&str, &str)], after: &[(&str, &str)]) -> EventRecord {
        let image = |attributes: &[(&str, &str)]| {
            let pair =
                |(name, value): &(&str, &str)| ((*name).to_owned(), AttributeValue::S((*value).into()));
            Item::from(attributes.iter().map(pair).collect::<HashMap<_, _>>())
        };
        let mut record = EventRecord::default();
        record.event_name = "MODIFY".into();
        record.change.keys = image(&[("sk", sk)]);
        record.change.old_image = image(before);
        record.change.new_image = image(after);
        record
    }

    #[test]
    fn what_a_search_shows_matters() {
        for (sk, name) in [
            ("PRODUCT", "data"),
            ("PRODUCT", "ratingSum"),
            ("LISTING#ALL", "inStock"),
            ("CATEGORY#tools", "title"),
            ("CATEGORY#tools", "parent"),
            ("BRAND#calder", "data"),
            ("SYNONYMS", "data"),
        ] {
            assert!(matters(&change(sk, &[(name, "a")], &[(name, "b")])), "{sk} {name}");
            assert!(
                !matters(&change(sk, &[(name, "a"), ("other", "a")], &[(name, "a"), ("other", "b")])),
                "{sk}"
            );
            let mut gone = change(sk, &[], &[]);
            gone.event_name = "REMOVE".into();
            assert!(matters(&gone), "{sk}");
        }
    }

    #[test]
    fn the_rest_does_not() {
        for (sk, name) in [
            ("STOCK#HOOK-1", "available"),
            ("CATEGORY#tools", "productCount"),
            ("LISTING#tools", "inStock"),
            ("LISTING#ALL", "data"),
            ("DESK", "data"),
            ("SLUG", "data"),
            ("UPLOAD", "data"),
            ("REVIEW", "data"),
        ] {
            assert!(!matters(&change(sk, &[(name, "a")], &[(name, "b")])), "{sk} {name}");
        }
    }

    #[test]
    fn the_stream_and_the_schedule_are_told_apart() {
        let stream = serde_json::json!({ "Records": [] });
        assert!(matches!(serde_json::from_value(stream).unwrap(), Call::Stream(_)));
        assert!(matches!(serde_json::from_value(serde_json::json!({})).unwrap(), Call::Schedule(_)));
    }
}
