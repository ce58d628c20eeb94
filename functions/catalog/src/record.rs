//! Records of the catalogue's stream.

use aws_lambda_events::event::dynamodb::EventRecord;
use serde_dynamo::AttributeValue;

/// One of the keys of the item that a record tells of.
pub(crate) fn key(record: &EventRecord, name: &str) -> String {
    match record.change.keys.get(name) {
        Some(AttributeValue::S(text)) => text.clone(),
        _ => String::new(),
    }
}
