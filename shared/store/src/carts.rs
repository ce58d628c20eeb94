//! Carts.

use domain::{Cart, CartId};

use crate::error::{StoreError, held};
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// What came of writing a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// It was written.
    Saved,
    /// Somebody else changed or removed it since it was read; nothing was written.
    Outdated,
}

impl Database {
    /// Stores a new cart.
    pub async fn create_cart(&self, cart: Cart) -> Result<Versioned<Cart>, StoreError> {
        let cart = Versioned { value: cart, version: 1 };
        let request =
            self.client.put_item().table_name(self.table(Table::Orders)?).set_item(Some(cart_item(&cart)?));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(cart)
    }

    /// A cart as of now.
    pub async fn cart(&self, id: CartId) -> Result<Option<Versioned<Cart>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(keys::cart(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Writes a changed cart if nobody else changed it since it was read, and counts its version up.
    pub async fn save_cart(&self, cart: &mut Versioned<Cart>) -> Result<SaveOutcome, StoreError> {
        let read = cart.version;
        let next = Versioned { value: cart.value.clone(), version: read + 1 };
        let written = self
            .client
            .put_item()
            .table_name(self.table(Table::Orders)?)
            .set_item(Some(cart_item(&next)?))
            .condition_expression("#version = :read")
            .expression_attribute_names("#version", item::VERSION)
            .expression_attribute_values(":read", item::number(read))
            .send()
            .await;
        if !held("PutItem", written)? {
            return Ok(SaveOutcome::Outdated);
        }
        *cart = next;
        Ok(SaveOutcome::Saved)
    }
}

impl Transaction<'_> {
    /// Writes a changed cart if nobody else changed it since it was read. One of version 0 is new.
    pub fn save_cart(&mut self, cart: &Versioned<Cart>) -> Result<&mut Self, StoreError> {
        let next = Versioned { value: cart.value.clone(), version: cart.version + 1 };
        let item = cart_item(&next)?;
        if cart.version == 0 {
            return self.put(Subject::Cart, Table::Orders, item, Some("attribute_not_exists(pk)"));
        }
        self.put_over(Subject::Cart, Table::Orders, item, cart.version)
    }

    /// Takes a cart away, if it is as it was read.
    pub fn remove_cart(&mut self, cart: &Versioned<Cart>) -> Result<&mut Self, StoreError> {
        self.delete(Subject::Cart, Table::Orders, keys::cart(cart.value.id), cart.version)
    }
}

fn cart_item(cart: &Versioned<Cart>) -> Result<Item, StoreError> {
    let more = [
        (item::VERSION, item::number(cart.version)),
        (item::TTL, item::number(cart.value.expires_at.as_second())),
    ];
    item::with_data(keys::cart(cart.value.id), &cart.value, more)
}
