//! Reading and writing many items at once.

use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};

use crate::error::StoreError;
use crate::item::Item;
use crate::keys::Key;
use crate::{Database, Table};

/// The most items that DynamoDB gives with one call.
const MAX_BATCH: usize = 100;
/// The most items that DynamoDB takes with one call.
pub(crate) const MAX_WRITES: usize = 25;

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

    /// Puts items, at most [`MAX_WRITES`] of them, each by itself: where it fails, some may be there.
    pub(crate) async fn put_items(&self, table: Table, items: Vec<Item>) -> Result<(), StoreError> {
        let put = |item| {
            let put = PutRequest::builder().set_item(Some(item)).build().map_err(unwritable)?;
            Ok(WriteRequest::builder().put_request(put).build())
        };
        self.write_items(table, items.into_iter().map(put).collect::<Result<_, StoreError>>()?).await
    }

    /// Deletes the items with these keys, at most [`MAX_WRITES`] of them, each by itself.
    pub(crate) async fn delete_items(&self, table: Table, keys: &[Item]) -> Result<(), StoreError> {
        let deletion = |key: &Item| {
            let deletion = DeleteRequest::builder().set_key(Some(key.clone())).build().map_err(unwritable)?;
            Ok(WriteRequest::builder().delete_request(deletion).build())
        };
        self.write_items(table, keys.iter().map(deletion).collect::<Result<_, StoreError>>()?).await
    }

    async fn write_items(&self, table: Table, writes: Vec<WriteRequest>) -> Result<(), StoreError> {
        let table = self.table(table)?;
        let mut left = writes;
        while !left.is_empty() {
            let answer = self.client.batch_write_item().request_items(table, left).send().await;
            let mut answer = answer.map_err(StoreError::sdk("BatchWriteItem"))?;
            left =
                answer.unprocessed_items.as_mut().and_then(|tables| tables.remove(table)).unwrap_or_default();
        }
        Ok(())
    }
}

fn unwritable(error: aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Unwritable(error.to_string())
}
