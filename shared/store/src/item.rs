//! Items: the maps of attributes that DynamoDB stores.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;
use crate::keys::Key;
use crate::schema::{self, Stored, Upgraded};

/// An item as DynamoDB has it.
pub type Item = HashMap<String, AttributeValue>;

/// The name of the attribute that holds an aggregate.
pub const DATA: &str = "data";
/// The name of the attribute that counts an aggregate's changes.
pub const VERSION: &str = "version";
/// The name of the attribute that holds the second after which DynamoDB may delete an item.
pub const TTL: &str = "ttl";

/// A value as it was read, and the number of the change that made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// The number of its latest change.
    pub version: u64,
}

impl Key {
    pub(crate) fn into_item(self) -> Item {
        Item::from([
            ("pk".to_owned(), AttributeValue::S(self.pk)),
            ("sk".to_owned(), AttributeValue::S(self.sk)),
        ])
    }
}

pub(crate) fn text(value: impl ToString) -> AttributeValue {
    AttributeValue::S(value.to_string())
}

pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A whole item: key, data and further attributes.
pub(crate) fn with_data<const N: usize>(
    key: Key,
    data: &impl Stored,
    more: [(&str, AttributeValue); N],
) -> Result<Item, StoreError> {
    let mut item = key.into_item();
    item.insert(DATA.into(), stored(data)?);
    item.extend(more.map(|(name, value)| (name.to_owned(), value)));
    Ok(item)
}

/// An aggregate as it is stored, in today's shape.
pub(crate) fn stored<T: Stored>(data: &T) -> Result<AttributeValue, StoreError> {
    Ok(schema::mark(T::STEPS, to_attribute(data)?))
}

/// A value as it is stored beside the aggregate.
pub(crate) fn to_attribute(value: &impl Serialize) -> Result<AttributeValue, StoreError> {
    serde_dynamo::to_attribute_value(value).map_err(|error| StoreError::Unwritable(error.to_string()))
}

/// The aggregate in an item, whichever shape it has there.
pub(crate) fn data<T: Stored + DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    let value = item.get(DATA).cloned().ok_or_else(|| corrupt(item, "no data"))?;
    let upgraded = schema::upgrade(T::STEPS, value).map_err(|reason| corrupt(item, reason))?;
    let (Upgraded::Current(value) | Upgraded::FromOlder(value)) = upgraded;
    serde_dynamo::from_attribute_value(value).map_err(|error| corrupt(item, error))
}

/// The aggregate in an item, with its version.
pub(crate) fn versioned<T: Stored + DeserializeOwned>(item: &Item) -> Result<Versioned<T>, StoreError> {
    Ok(Versioned { value: data(item)?, version: read_number(item, VERSION)? })
}

/// The version of an item; 0 of one that was written before such items had versions.
pub(crate) fn version_or_none(item: &Item) -> Result<u64, StoreError> {
    item.get(VERSION).map_or(Ok(0), |_| read_number(item, VERSION))
}

/// A value of an item beside the aggregate, if it is there.
pub(crate) fn attribute<T: DeserializeOwned>(item: &Item, name: &str) -> Result<Option<T>, StoreError> {
    let value = item.get(name).cloned().map(serde_dynamo::from_attribute_value).transpose();
    value.map_err(|error| corrupt(item, error))
}

pub(crate) fn read_number(item: &Item, name: &str) -> Result<u64, StoreError> {
    let number = item.get(name).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
    number.ok_or_else(|| corrupt(item, format!("no number `{name}`")))
}

/// A whole number that may be negative.
pub(crate) fn read_signed(item: &Item, name: &str) -> Result<i64, StoreError> {
    let number = item.get(name).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
    number.ok_or_else(|| corrupt(item, format!("no whole number `{name}`")))
}

/// An item's key.
pub(crate) fn key(item: &Item) -> Result<Key, StoreError> {
    Ok(Key { pk: read_text(item, "pk")?.to_owned(), sk: read_text(item, "sk")?.to_owned() })
}

pub(crate) fn read_text<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    let text = item.get(name).and_then(|value| value.as_s().ok());
    text.map(String::as_str).ok_or_else(|| corrupt(item, format!("no text `{name}`")))
}

pub(crate) fn sort_key(item: &Item) -> &str {
    item.get("sk").and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

pub(crate) fn corrupt(item: &Item, reason: impl ToString) -> StoreError {
    let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    StoreError::Corrupt { key: format!("{} / {}", part("pk"), part("sk")), reason: reason.to_string() }
}
