//! Customers' accounts, and which cart is theirs.

use domain::{CartId, CustomerId, Profile};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{self, DATA, Item, VERSION, Versioned};
use crate::keys;
use crate::schema::Stored;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Database, Table};

/// The index of open accounts.
const INDEX: &str = "gsi1";

/// How long it is known of an account that it was closed: longer than any token of its owner is good for, so that none of
/// them opens it anew.
pub const CLOSED_FOR: SignedDuration = SignedDuration::from_hours(2 * 24);

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "one at a time is read, and nearly always an open one")]
pub enum Account {
    /// It is somebody's, who may have asked to be forgotten.
    Open(Versioned<Profile>),
    /// Its owner has left. Nothing is known about them.
    Closed,
}

/// A place in the list of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerPosition {
    /// The e-mail address in lower case.
    pub email: String,
    /// Which of the customers with that address.
    pub id: CustomerId,
}

/// Some customers, by their addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerList {
    /// Their profiles.
    pub profiles: Vec<Versioned<Profile>>,
    /// After whom the next page begins, if there are more.
    pub next: Option<CustomerPosition>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CartPointer {
    cart_id: CartId,
}

impl Stored for CartPointer {}

impl Database {
    /// Somebody's account as of now, if they ever had one.
    pub async fn account(&self, id: &CustomerId) -> Result<Option<Account>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Customers)?)
            .set_key(Some(keys::profile(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let read = |item: Item| {
            if item.contains_key(DATA) {
                item::versioned(&item).map(Account::Open)
            } else {
                Ok(Account::Closed)
            }
        };
        found.item.map(read).transpose()
    }

    /// Customers whose address begins with `prefix` (in any case), by their addresses.
    pub async fn customers(
        &self,
        prefix: &str,
        after: Option<&CustomerPosition>,
        limit: i32,
    ) -> Result<CustomerList, StoreError> {
        let start = after.map(|position| {
            let mut start = keys::profile(&position.id).into_item();
            start.insert("gsi1pk".into(), item::text(keys::CUSTOMERS));
            start.insert("gsi1sk".into(), item::text(&position.email));
            start
        });
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Customers)?)
            .index_name(INDEX)
            .expression_attribute_values(":all", item::text(keys::CUSTOMERS))
            .set_exclusive_start_key(start)
            .limit(limit);
        let query = if prefix.is_empty() {
            query.key_condition_expression("gsi1pk = :all")
        } else {
            query
                .key_condition_expression("gsi1pk = :all AND begins_with(gsi1sk, :prefix)")
                .expression_attribute_values(":prefix", item::text(prefix.to_lowercase()))
        };
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let profiles: Vec<Versioned<Profile>> =
            answer.items().iter().map(item::versioned).collect::<Result<_, _>>()?;
        let position = |last: &Versioned<Profile>| CustomerPosition {
            email: last.value.email.folded(),
            id: last.value.id.clone(),
        };
        let next = answer.last_evaluated_key.and(profiles.last().map(position));
        Ok(CustomerList { profiles, next })
    }

    /// The id of a customer's cart, which may have been ordered or forgotten since.
    pub async fn cart_id_of(&self, id: &CustomerId) -> Result<Option<CartId>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Customers)?)
            .set_key(Some(keys::customer_cart(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let pointer = found.item.as_ref().map(item::data::<CartPointer>).transpose()?;
        Ok(pointer.map(|pointer| pointer.cart_id))
    }

    /// Removes a customer's cart and the pointer to it. It does not matter how often.
    pub async fn forget_cart_of(&self, id: &CustomerId) -> Result<(), StoreError> {
        if let Some(cart) = self.cart_id_of(id).await? {
            self.delete_item(Table::Orders, keys::cart(cart)).await?;
        }
        self.delete_item(Table::Customers, keys::customer_cart(id)).await
    }

    async fn delete_item(&self, table: Table, key: keys::Key) -> Result<(), StoreError> {
        let request = self.client.delete_item().table_name(self.table(table)?).set_key(Some(key.into_item()));
        request.send().await.map_err(StoreError::sdk("DeleteItem"))?;
        Ok(())
    }
}

impl Transaction<'_> {
    /// Opens an account, unless there is one or was one until lately.
    pub fn open_account(&mut self, profile: &Profile) -> Result<&mut Self, StoreError> {
        let more = [
            (VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::CUSTOMERS)),
            ("gsi1sk", item::text(profile.email.folded())),
        ];
        let item = item::with_data(keys::profile(&profile.id), profile, more)?;
        self.put(Subject::Profile, Table::Customers, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed profile, if nobody else changed it since it was read.
    pub fn update_profile(&mut self, profile: &Versioned<Profile>) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #data = :data, #version = :next, gsi1sk = :email",
            condition: Some("#version = :read"),
            names: &[DATA, VERSION],
            values: vec![
                (":data", item::stored(&profile.value)?),
                (":next", item::number(profile.version + 1)),
                (":read", item::number(profile.version)),
                (":email", item::text(profile.value.email.folded())),
            ],
        };
        self.update(Subject::Profile, Table::Customers, keys::profile(&profile.value.id), change)
    }

    /// Forgets a profile, if nobody changed it since it was read: all that is left says that there was one.
    pub fn close_account(
        &mut self,
        profile: &Versioned<Profile>,
        now: Timestamp,
    ) -> Result<&mut Self, StoreError> {
        let mut item = keys::profile(&profile.value.id).into_item();
        item.insert(item::TTL.into(), item::number((now + CLOSED_FOR).as_second()));
        self.put_over(Subject::Profile, Table::Customers, item, profile.version)
    }

    /// Makes `cart` the customer's, in place of `before`, the one that was theirs when it was looked.
    pub fn point_to_cart(
        &mut self,
        customer: &CustomerId,
        cart: CartId,
        before: Option<CartId>,
    ) -> Result<&mut Self, StoreError> {
        let mut values = vec![(":data", item::stored(&CartPointer { cart_id: cart })?)];
        let condition = if let Some(before) = before {
            values.push((":before", item::to_attribute(&CartPointer { cart_id: before })?));
            "#data = :before"
        } else {
            "attribute_not_exists(pk)"
        };
        let change =
            Change { update: "SET #data = :data", condition: Some(condition), names: &[DATA], values };
        self.update(Subject::CustomerCart, Table::Customers, keys::customer_cart(customer), change)
    }
}
