//! Messages that suppliers send of their own accord: which of them were taken.

use domain::SupplierId;
use jiff::{SignedDuration, Timestamp};

use crate::error::StoreError;
use crate::item;
use crate::keys;
use crate::{Database, Table};

impl Database {
    /// Whether a supplier's message was taken before.
    pub async fn took_message(&self, supplier: SupplierId, message: &str) -> Result<bool, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::webhook(supplier, message).into_item()))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::sdk("GetItem"))?.item.is_some())
    }

    /// Remembers for some time that a supplier's message was taken.
    pub async fn remember_message(
        &self,
        supplier: SupplierId,
        message: &str,
        now: Timestamp,
        lifetime: SignedDuration,
    ) -> Result<(), StoreError> {
        let ttl = [(item::TTL, item::number((now + lifetime).as_second()))];
        let item = item::with_data(keys::webhook(supplier, message), &now, ttl)?;
        let request = self.client.put_item().table_name(self.table(Table::Fulfilment)?).set_item(Some(item));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(())
    }
}
