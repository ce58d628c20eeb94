//! Reading many items at once.

use aws_sdk_dynamodb::types::KeysAndAttributes;

use crate::error::StoreError;
use crate::item::Item;
use crate::keys::Key;
use crate::{Database, Table};

/// The most items that DynamoDB gives with one call.
const MAX_BATCH: usize = 100;

impl Database {
    /// The items with these keys as of now, in any order; what does not exist is absent. No key may come twice.
    pub(crate) async fn items(
        &self,
        table: Table,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<Vec<Item>, StoreError> {
        let table = self.table(table)?;
        let keys: Vec<_> = keys.into_iter().map(Key::into_item).collect();
        let mut items = Vec::with_capacity(keys.len());
        for batch in keys.chunks(MAX_BATCH) {
            let mut left = batch.to_vec();
            while !left.is_empty() {
                let wanted = KeysAndAttributes::builder().set_keys(Some(left)).consistent_read(true).build();
                let wanted = wanted.map_err(|error| StoreError::Unwritable(error.to_string()))?;
                let answer = self.client.batch_get_item().request_items(table, wanted).send().await;
                let mut answer = answer.map_err(StoreError::sdk("BatchGetItem"))?;
                let found = answer.responses.as_mut().and_then(|tables| tables.remove(table));
                items.extend(found.unwrap_or_default());
                let unprocessed = answer.unprocessed_keys.as_mut().and_then(|tables| tables.remove(table));
                left = unprocessed.map(|unprocessed| unprocessed.keys).unwrap_or_default();
            }
        }
        Ok(items)
    }
}
