//! Listings: a category's products, or all, by title.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::product::Image;
use domain::{Brand, Money, ProductId, Slug};
use serde::{Deserialize, Serialize};

use super::{LISTINGS, Rating, products};
use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys::{self, Key};
use crate::{Database, Table};

/// What a listing shows of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListingEntry {
    /// The product's id.
    pub id: ProductId,
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub title: String,
    /// The lowest price of a variant.
    pub price: Money,
    /// What that variant's price is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at_price: Option<Money>,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    /// The first picture.
    pub image: Option<Image>,
}

/// A product in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What the listing shows.
    pub entry: ListingEntry,
    /// Whether the product can be bought now (it may lag by seconds).
    pub in_stock: bool,
    /// What buyers think of it (it may lag by seconds).
    pub rating: Rating,
}

/// A place in a list: behind this product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingPosition {
    /// The product's place in the sort order.
    pub sort: String,
    /// The product.
    pub id: ProductId,
}

impl ListingPosition {
    /// Where a query of the index goes on whose last item was the product's, under `key`.
    pub(super) fn start(&self, key: Key, partition: &str) -> Item {
        let mut start = key.into_item();
        start.insert("gsi1pk".into(), item::text(partition));
        start.insert("gsi1sk".into(), item::text(&self.sort));
        start
    }
}

/// A part of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingPage {
    /// The entries.
    pub entries: Vec<Listed>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<ListingPosition>,
}

impl Database {
    /// A page of a category, or of everything, by title.
    pub async fn listing(
        &self,
        category: Option<&Slug>,
        after: Option<&ListingPosition>,
        limit: i32,
    ) -> Result<ListingPage, StoreError> {
        let partition = keys::listing_partition(category);
        let start = after.map(|position| position.start(keys::listing(position.id, category), &partition));
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .index_name(LISTINGS)
            .key_condition_expression("gsi1pk = :category")
            .expression_attribute_values(":category", item::text(partition))
            .set_exclusive_start_key(start)
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let entries = answer.items().iter().map(listed).collect::<Result<Vec<_>, StoreError>>()?;
        let next = match (&answer.last_evaluated_key, entries.last()) {
            (Some(key), Some(last)) => {
                Some(ListingPosition { sort: item::read_text(key, "gsi1sk")?.to_owned(), id: last.entry.id })
            }
            _ => None,
        };
        Ok(ListingPage { entries, next })
    }
}

fn listed(item: &Item) -> Result<Listed, StoreError> {
    Ok(Listed {
        entry: item::data(item)?,
        in_stock: item.get("inStock") == Some(&AttributeValue::Bool(true)),
        rating: products::read_rating(item)?,
    })
}
