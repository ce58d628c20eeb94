//! The console's list of products, whatever their status.

use std::collections::{BTreeMap, BTreeSet};

use domain::product::Image;
use domain::{Brand, Money, ProductId, ProductStatus, Sku, Slug};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{LISTINGS, ListingPosition};
use crate::error::StoreError;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::{Database, Table};

/// How many entries are looked at with one call, where only some are wanted.
const MAX_LOOK: i32 = 300;

/// What the console lists of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeskEntry {
    /// The product's id.
    pub id: ProductId,
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub title: String,
    /// How far it has come.
    pub status: ProductStatus,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    /// Its own categories.
    pub categories: Vec<Slug>,
    /// The lowest price of a variant.
    pub price: Money,
    /// What that variant's price is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at_price: Option<Money>,
    /// The first picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Its variants.
    pub skus: Vec<Sku>,
    /// When somebody changed it last.
    pub updated_at: Timestamp,
}

impl DeskEntry {
    /// The entry's place in the list: by title, in any case, then by id.
    #[must_use]
    pub fn sort_key(&self) -> String {
        super::entries::sort_key(&self.title, self.id)
    }
}

/// Which products are wanted: those that fit all that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Only those of this status.
    pub status: Option<ProductStatus>,
    /// Only those in one of these categories themselves.
    pub categories: Option<BTreeSet<Slug>>,
    /// Only those of this brand.
    pub brand: Option<Slug>,
    /// Only those whose title begins so, in any case.
    pub prefix: Option<String>,
}

impl DeskFilter {
    /// Whether a product fits, its title aside.
    #[must_use]
    pub fn takes(&self, entry: &DeskEntry) -> bool {
        let brand = entry.brand.as_ref().map(|brand| &brand.slug);
        self.status.is_none_or(|status| entry.status == status)
            && self.brand.as_ref().is_none_or(|wanted| brand == Some(wanted))
            && self
                .categories
                .as_ref()
                .is_none_or(|wanted| entry.categories.iter().any(|c| wanted.contains(c)))
    }
}

/// A part of the console's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPage {
    /// The entries, each with its product's version.
    pub entries: Vec<Versioned<DeskEntry>>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<ListingPosition>,
}

impl Database {
    /// A page of the console's list, by title.
    pub async fn desk(
        &self,
        filter: &DeskFilter,
        after: Option<&ListingPosition>,
        limit: usize,
    ) -> Result<DeskPage, StoreError> {
        let mut start = after.map(|position| position.start(keys::desk(position.id), keys::DESK));
        let prefix = filter.prefix.as_deref().unwrap_or_default().to_lowercase();
        let condition = if prefix.is_empty() {
            "gsi1pk = :desk"
        } else {
            "gsi1pk = :desk AND begins_with(gsi1sk, :prefix)"
        };
        let prefix = (!prefix.is_empty()).then(|| [(":prefix".to_owned(), item::text(prefix))]);
        let mut entries = Vec::new();
        loop {
            let mut query = self
                .client
                .query()
                .table_name(self.table(Table::Catalog)?)
                .index_name(LISTINGS)
                .key_condition_expression(condition)
                .expression_attribute_values(":desk", item::text(keys::DESK))
                .set_exclusive_start_key(start)
                .limit(MAX_LOOK);
            for (name, value) in prefix.iter().flatten() {
                query = query.expression_attribute_values(name, value.clone());
            }
            let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
            for item in answer.items() {
                let entry: Versioned<DeskEntry> = item::versioned(item)?;
                if !filter.takes(&entry.value) {
                    continue;
                }
                entries.push(entry);
                // One more than wanted tells that there is a next page.
                if entries.len() > limit {
                    entries.truncate(limit);
                    let last = entries.last().map(|entry| &entry.value);
                    let next = last.map(|last| ListingPosition { sort: last.sort_key(), id: last.id });
                    return Ok(DeskPage { entries, next });
                }
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(DeskPage { entries, next: None });
            }
        }
    }

    /// The console's entry of one product.
    pub async fn desk_entry(&self, id: ProductId) -> Result<Option<Versioned<DeskEntry>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::desk(id).into_item()));
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// What these products are called, whatever their status; what does not exist is absent.
    pub async fn titles_of(
        &self,
        products: impl IntoIterator<Item = ProductId>,
    ) -> Result<BTreeMap<ProductId, String>, StoreError> {
        let ids: BTreeSet<_> = products.into_iter().collect();
        let items = self.items(Table::Catalog, ids.into_iter().map(keys::desk)).await?;
        let title = |item: &Item| item::data::<DeskEntry>(item).map(|entry| (entry.id, entry.title));
        items.iter().map(title).collect()
    }

    /// The products that fit, all of them.
    pub async fn desk_ids(&self, filter: &DeskFilter) -> Result<Vec<ProductId>, StoreError> {
        let page = self.desk(filter, None, usize::MAX).await?;
        Ok(page.entries.into_iter().map(|entry| entry.value.id).collect())
    }
}
