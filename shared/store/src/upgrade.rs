//! Brings items of older shapes to today's, page by page: for those that nobody reads, and before a step is dropped.
//!
//! This is the one place that reads a table from end to end. No function does: an operator's program calls it, which keeps
//! where it is in the table itself, so that another run goes on there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{StoreError, held};
use crate::item::{self, DATA, Item};
use crate::keys::{self, Key};
use crate::schema::{Kind, Stored};
use crate::{Database, Table};

/// How many items are read at once.
pub const PAGE: i32 = 200;

/// Where in a table a run is: behind the item with this key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    pk: String,
    sk: String,
}

impl Stored for Bookmark {}

/// What was found on a page.
#[derive(Debug, Default)]
pub struct UpgradedPage {
    /// How many items it had.
    pub items: usize,
    /// How many of them had an older shape, by kind.
    pub older: BTreeMap<&'static str, usize>,
    /// How many of those somebody else changed meanwhile, which brought them to today's shape.
    pub outrun: usize,
    /// Where the next page begins; nothing after the last one.
    pub next: Option<Bookmark>,
}

impl Database {
    /// Looks at the page of a table behind `after`, and writes what has an older shape in today's unless `dry`.
    ///
    /// A write holds only if the item still is as it was read. Versions stay as they are: to those who edit it, the item has
    /// not changed.
    pub async fn upgrade_page(
        &self,
        table: Table,
        after: Option<&Bookmark>,
        dry: bool,
    ) -> Result<UpgradedPage, StoreError> {
        let start = after.map(|Bookmark { pk, sk }| Key { pk: pk.clone(), sk: sk.clone() }.into_item());
        let scan = self.client.scan().table_name(self.table(table)?).limit(PAGE).consistent_read(true);
        let found = scan.set_exclusive_start_key(start).send().await.map_err(StoreError::sdk("Scan"))?;
        let mut page = UpgradedPage { items: found.items().len(), ..UpgradedPage::default() };
        for item in found.items() {
            let Some(kind) = Kind::of_item(item) else { continue };
            let Some(renewed) = kind.renewed(item)? else { continue };
            *page.older.entry(kind.name).or_default() += 1;
            if !dry && !self.renew(table, item, renewed).await? {
                page.outrun += 1;
            }
        }
        page.next = found.last_evaluated_key().map(bookmark).transpose()?;
        Ok(page)
    }

    /// How many items a table has, as of a few hours ago.
    pub async fn about_how_many_items(&self, table: Table) -> Result<u64, StoreError> {
        let described = self.client.describe_table().table_name(self.table(table)?).send().await;
        let count =
            described.map_err(StoreError::sdk("DescribeTable"))?.table.and_then(|table| table.item_count);
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }

    /// Where the run through a table is that did not come to its end.
    pub async fn upgrade_bookmark(&self, table: Table) -> Result<Option<Bookmark>, StoreError> {
        let get = self.client.get_item().table_name(self.table(table)?).consistent_read(true);
        let found = get.set_key(Some(keys::upgrade().into_item())).send().await;
        found.map_err(StoreError::sdk("GetItem"))?.item().map(item::data).transpose()
    }

    /// Keeps where the run through a table is; nothing once it is at the end.
    pub async fn keep_upgrade_bookmark(
        &self,
        table: Table,
        place: Option<&Bookmark>,
    ) -> Result<(), StoreError> {
        let name = self.table(table)?;
        if let Some(place) = place {
            let item = item::with_data(keys::upgrade(), place, [])?;
            let put = self.client.put_item().table_name(name).set_item(Some(item));
            put.send().await.map_err(StoreError::sdk("PutItem"))?;
        } else {
            let delete =
                self.client.delete_item().table_name(name).set_key(Some(keys::upgrade().into_item()));
            delete.send().await.map_err(StoreError::sdk("DeleteItem"))?;
        }
        Ok(())
    }

    async fn renew(
        &self,
        table: Table,
        read: &Item,
        renewed: aws_sdk_dynamodb::types::AttributeValue,
    ) -> Result<bool, StoreError> {
        let before = read.get(DATA).cloned().ok_or_else(|| item::corrupt(read, "no data"))?;
        let update = self
            .client
            .update_item()
            .table_name(self.table(table)?)
            .set_key(Some(item::key(read)?.into_item()))
            .update_expression("SET #data = :today")
            .condition_expression("#data = :before")
            .expression_attribute_names("#data", DATA)
            .expression_attribute_values(":today", renewed)
            .expression_attribute_values(":before", before);
        held("UpdateItem", update.send().await)
    }
}

fn bookmark(key: &Item) -> Result<Bookmark, StoreError> {
    let Key { pk, sk } = item::key(key)?;
    Ok(Bookmark { pk, sk })
}
