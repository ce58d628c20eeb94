//! Who may see an order without being signed in: whoever has its token.

use domain::OrderId;

use crate::error::StoreError;
use crate::idempotency::hash;
use crate::item::{self, Item};
use crate::keys;
use crate::orders::AccessRecord;
use crate::{Database, Table};

impl AccessRecord {
    /// Whether this token opens the order. The hashes of guesses tell nothing about how near a guess was, so that comparing
    /// them may take any time.
    #[must_use]
    pub fn opens_with(&self, token: &str) -> bool {
        self.token_hash == hash(token.as_bytes())
    }
}

impl Database {
    /// What lets a guest see an order; nothing where there is no such order, or it is not a guest's.
    pub async fn order_access(&self, id: OrderId) -> Result<Option<AccessRecord>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(keys::order(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map_or(Ok(None), read_access)
    }
}

/// What lets a guest see the order of this item.
pub(crate) fn read_access(item: &Item) -> Result<Option<AccessRecord>, StoreError> {
    item::attribute(item, "access")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_token_opens_an_order() {
        let access = AccessRecord { salt: "salt".into(), token_hash: hash(b"token") };
        assert!(access.opens_with("token"));
        assert!(!access.opens_with("Token") && !access.opens_with(""));
    }
}
