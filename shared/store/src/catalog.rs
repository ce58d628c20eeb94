//! Products, stock, listings and categories.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, Select};
use domain::product::{Category, Image};
use domain::{Money, Product, ProductId, Sku, Slug, Stock};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys::{self, Key};
use crate::transaction::{Change, CommitError, Subject};
use crate::{Database, Table};

/// The index of listings.
const LISTINGS: &str = "gsi1";
/// The most keys that DynamoDB takes in one batch.
const MAX_BATCH: usize = 100;

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
    /// The first picture.
    pub image: Option<Image>,
}

/// A place in a listing: behind this product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingPosition {
    /// The product's place in the sort order.
    pub sort: String,
    /// The product.
    pub id: ProductId,
}

/// A part of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingPage {
    /// The entries, and whether the product can be bought now (it may lag by seconds).
    pub entries: Vec<(ListingEntry, bool)>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<ListingPosition>,
}

/// A product with the stock of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockedProduct {
    /// The product.
    pub product: Product,
    /// The stock of each SKU.
    pub stock: BTreeMap<Sku, Stock>,
}

/// Why a product cannot be created.
#[derive(Debug, Error)]
pub enum CreateProductError {
    /// Another product has the slug.
    #[error("the slug {0} is taken")]
    SlugTaken(Slug),
    /// Another product has the SKU.
    #[error("the SKU {0} is taken")]
    SkuTaken(Sku),
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// Puts a new product on the shelf, with so many pieces of each SKU (none where the SKU is not named). All of it
    /// appears at once: the product, its slug and SKUs, its stock, its listing entries and its categories.
    pub async fn create_product(
        &self,
        product: &Product,
        shelf: &BTreeMap<Sku, u64>,
    ) -> Result<(), CreateProductError> {
        const ABSENT: Option<&str> = Some("attribute_not_exists(pk)");
        let fields = product.fields();
        let id = fields.id;
        let pointer = |key: Key| item::with_data(key, &id, []);
        let mut transaction = self.transaction();
        transaction.put(
            Subject::Unconditional,
            Table::Catalog,
            item::with_data(keys::product(id), product, [(item::VERSION, item::number(1))])?,
            ABSENT,
        )?;
        transaction.put(Subject::Slug, Table::Catalog, pointer(keys::slug(&fields.slug))?, ABSENT)?;
        for variant in &fields.variants {
            let subject = Subject::Sku(variant.sku.clone());
            transaction.put(subject, Table::Catalog, pointer(keys::sku(&variant.sku))?, ABSENT)?;
            let stock = Stock::fresh(shelf.get(&variant.sku).copied().unwrap_or_default());
            transaction.put(
                Subject::Unconditional,
                Table::Catalog,
                stock_item(id, &variant.sku, stock),
                ABSENT,
            )?;
        }
        let in_stock = fields.variants.iter().any(|v| shelf.get(&v.sku).is_some_and(|n| *n > 0));
        let categories = fields.categories.iter().map(|category| Some(&category.slug));
        for category in categories.chain([None]) {
            transaction.put(
                Subject::Unconditional,
                Table::Catalog,
                listing_item(product, category, in_stock)?,
                None,
            )?;
        }
        for category in &fields.categories {
            let change = Change {
                update: "SET #title = :title",
                condition: None,
                names: &["title"],
                values: vec![(":title", item::text(&category.title))],
            };
            transaction.update(
                Subject::Unconditional,
                Table::Catalog,
                keys::category(&category.slug),
                change,
            )?;
        }
        match transaction.commit().await {
            Ok(()) => Ok(()),
            Err(CommitError::Store(error)) => Err(error.into()),
            Err(CommitError::Refused(refusals)) => {
                let taken = refusals.into_iter().find_map(|refusal| match refusal.subject {
                    Subject::Sku(sku) => Some(sku),
                    _ => None,
                });
                Err(taken
                    .map_or(CreateProductError::SlugTaken(fields.slug.clone()), CreateProductError::SkuTaken))
            }
        }
    }

    /// A product with its stock, as of now.
    pub async fn product(&self, id: ProductId) -> Result<Option<StockedProduct>, StoreError> {
        let mut pages = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk AND sk >= :product")
            .expression_attribute_values(":pk", item::text(keys::product_partition(id)))
            .expression_attribute_values(":product", item::text(keys::PRODUCT))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut product = None;
        let mut stock = BTreeMap::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            match item::sort_key(&item).strip_prefix(keys::STOCK_PREFIX) {
                Some(sku) => {
                    let sku = Sku::parse(sku).map_err(|error| item::corrupt(&item, error))?;
                    stock.insert(sku, read_stock(&item)?);
                }
                None => product = Some(item::data(&item)?),
            }
        }
        Ok(product.map(|product| StockedProduct { product, stock }))
    }

    /// The product that a slug points to.
    pub async fn product_id_of_slug(&self, slug: &Slug) -> Result<Option<ProductId>, StoreError> {
        self.pointer(keys::slug(slug)).await
    }

    /// The product that a SKU is a variant of.
    pub async fn product_id_of_sku(&self, sku: &Sku) -> Result<Option<ProductId>, StoreError> {
        self.pointer(keys::sku(sku)).await
    }

    async fn pointer(&self, key: Key) -> Result<Option<ProductId>, StoreError> {
        let request =
            self.client.get_item().table_name(self.table(Table::Catalog)?).set_key(Some(key.into_item()));
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::data).transpose()
    }

    /// Products and the stock of the SKUs asked for, as of now; what does not exist is absent. The pairs may repeat.
    pub async fn products(
        &self,
        wanted: impl IntoIterator<Item = (ProductId, &Sku)>,
    ) -> Result<BTreeMap<ProductId, StockedProduct>, StoreError> {
        let mut keys: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (id, sku) in wanted {
            let stock = keys::stock(id, sku);
            keys.entry(stock.pk).or_default().extend([stock.sk, keys::PRODUCT.into()]);
        }
        let keys: Vec<Item> = keys
            .into_iter()
            .flat_map(|(pk, sks)| sks.into_iter().map(move |sk| Key { pk: pk.clone(), sk }.into_item()))
            .collect();
        let mut products: BTreeMap<ProductId, StockedProduct> = BTreeMap::new();
        let mut stocks: Vec<(ProductId, Sku, Stock)> = Vec::new();
        for batch in keys.chunks(MAX_BATCH) {
            for item in self.batch_get(batch.to_vec()).await? {
                if let Some(sku) = item::sort_key(&item).strip_prefix(keys::STOCK_PREFIX) {
                    let sku = Sku::parse(sku).map_err(|error| item::corrupt(&item, error))?;
                    let id = item::read_text(&item, "productId")?;
                    let id = ProductId::parse(id).map_err(|error| item::corrupt(&item, error))?;
                    stocks.push((id, sku, read_stock(&item)?));
                } else {
                    let product: Product = item::data(&item)?;
                    products.insert(product.fields().id, StockedProduct { product, stock: BTreeMap::new() });
                }
            }
        }
        for (id, sku, stock) in stocks {
            if let Some(product) = products.get_mut(&id) {
                product.stock.insert(sku, stock);
            }
        }
        Ok(products)
    }

    async fn batch_get(&self, mut keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        let table = self.table(Table::Catalog)?;
        let mut items = Vec::with_capacity(keys.len());
        while !keys.is_empty() {
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build();
            let wanted = wanted.map_err(|error| StoreError::Unwritable(error.to_string()))?;
            let answer = self.client.batch_get_item().request_items(table, wanted).send().await;
            let mut answer = answer.map_err(StoreError::sdk("BatchGetItem"))?;
            items.extend(
                answer.responses.as_mut().and_then(|tables| tables.remove(table)).unwrap_or_default(),
            );
            let left = answer.unprocessed_keys.as_mut().and_then(|tables| tables.remove(table));
            keys = left.map(|left| left.keys).unwrap_or_default();
        }
        Ok(items)
    }

    /// A page of a category, or of everything, by title.
    pub async fn listing(
        &self,
        category: Option<&Slug>,
        after: Option<&ListingPosition>,
        limit: i32,
    ) -> Result<ListingPage, StoreError> {
        let start = after.map(|position| {
            let mut start = keys::listing(position.id, category).into_item();
            start.insert("gsi1pk".into(), item::text(keys::listing_partition(category)));
            start.insert("gsi1sk".into(), item::text(&position.sort));
            start
        });
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .index_name(LISTINGS)
            .key_condition_expression("gsi1pk = :category")
            .expression_attribute_values(":category", item::text(keys::listing_partition(category)))
            .set_exclusive_start_key(start)
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let entry =
            |item: &Item| Ok((item::data(item)?, item.get("inStock") == Some(&AttributeValue::Bool(true))));
        let entries =
            answer.items().iter().map(entry).collect::<Result<Vec<(ListingEntry, bool)>, StoreError>>()?;
        let next = match (&answer.last_evaluated_key, entries.last()) {
            (Some(key), Some((last, _))) => {
                Some(ListingPosition { sort: item::read_text(key, "gsi1sk")?.to_owned(), id: last.id })
            }
            _ => None,
        };
        Ok(ListingPage { entries, next })
    }

    /// All categories that have products, and how many (the number may lag by seconds), by their slugs.
    pub async fn categories(&self) -> Result<Vec<(Category, u64)>, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::CATEGORIES))
            .into_paginator()
            .items()
            .send();
        let mut categories = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            let slug = item::sort_key(&item).trim_start_matches("CATEGORY#");
            let slug = Slug::parse(slug).map_err(|error| item::corrupt(&item, error))?;
            let title = item::read_text(&item, "title")?.to_owned();
            // Until the first count has run, a category that has just come into being is not shown.
            let count =
                item.get("productCount").map_or(Ok(0), |_| item::read_number(&item, "productCount"))?;
            if count > 0 {
                categories.push((Category { slug, title }, count));
            }
        }
        Ok(categories)
    }

    /// Counts the products of a category and writes the number down.
    pub async fn recount_category(&self, slug: &Slug) -> Result<(), StoreError> {
        let table = self.table(Table::Catalog)?;
        let mut pages = self
            .client
            .query()
            .table_name(table)
            .index_name(LISTINGS)
            .key_condition_expression("gsi1pk = :category")
            .expression_attribute_values(":category", item::text(keys::listing_partition(Some(slug))))
            .select(Select::Count)
            .into_paginator()
            .send();
        let mut count: i64 = 0;
        while let Some(page) = pages.next().await {
            count += i64::from(page.map_err(StoreError::sdk("Query"))?.count());
        }
        self.client
            .update_item()
            .table_name(table)
            .set_key(Some(keys::category(slug).into_item()))
            .update_expression("SET productCount = :count")
            .expression_attribute_values(":count", item::number(count))
            .send()
            .await
            .map_err(StoreError::sdk("UpdateItem"))?;
        Ok(())
    }

    /// Looks whether any variant of a product is in stock and writes that on its listing entries.
    pub async fn refresh_in_stock(&self, id: ProductId) -> Result<(), StoreError> {
        let Some(StockedProduct { product, stock }) = self.product(id).await? else {
            return Ok(());
        };
        let in_stock = stock.values().any(|stock| stock.available > 0);
        let categories = product.fields().categories.iter().map(|category| Some(&category.slug));
        for category in categories.chain([None]) {
            self.client
                .update_item()
                .table_name(self.table(Table::Catalog)?)
                .set_key(Some(keys::listing(id, category).into_item()))
                .update_expression("SET inStock = :inStock")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":inStock", AttributeValue::Bool(in_stock))
                .send()
                .await
                .map_err(StoreError::sdk("UpdateItem"))?;
        }
        Ok(())
    }
}

fn listing_item(product: &Product, category: Option<&Slug>, in_stock: bool) -> Result<Item, StoreError> {
    let fields = product.fields();
    let entry = ListingEntry {
        id: fields.id,
        slug: fields.slug.clone(),
        title: fields.title.clone(),
        price: product.price_from(),
        image: fields.images.first().cloned(),
    };
    let more = [
        ("gsi1pk", item::text(keys::listing_partition(category))),
        ("gsi1sk", item::text(format!("{}#{}", fields.title.to_lowercase(), fields.id))),
        ("inStock", AttributeValue::Bool(in_stock)),
    ];
    item::with_data(keys::listing(fields.id, category), &entry, more)
}

/// Stock has its counters as attributes of their own, so that a condition and an addition can be one write.
fn stock_item(id: ProductId, sku: &Sku, stock: Stock) -> Item {
    let mut item = keys::stock(id, sku).into_item();
    item.insert("productId".into(), item::text(id));
    item.insert("available".into(), item::number(stock.available));
    item.insert("reserved".into(), item::number(stock.reserved));
    item.insert("sold".into(), item::number(stock.sold));
    item
}

/// The counters in a stock item.
pub(crate) fn read_stock(item: &Item) -> Result<Stock, StoreError> {
    Ok(Stock {
        available: item::read_number(item, "available")?,
        reserved: item::read_number(item, "reserved")?,
        sold: item::read_number(item, "sold")?,
    })
}
