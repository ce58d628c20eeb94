//! Reading products.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Product, ProductId, Sku, Slug, Stock};

use super::{Rating, StockedProduct};
use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys::{self, Key};
use crate::{Database, Table};

/// The sum of a product's ratings, beside the product.
pub(crate) const RATING_SUM: &str = "ratingSum";
/// The number of a product's ratings, beside the product.
pub(crate) const RATING_COUNT: &str = "ratingCount";

/// A product with all that is kept with it.
pub(super) struct Kept {
    pub stocked: StockedProduct,
    /// Its listing entries, by their sort keys.
    pub listing: BTreeMap<String, Item>,
    /// The console's entry.
    pub desk: Option<Item>,
    /// The stock items that say that they run low.
    pub low: BTreeSet<Sku>,
}

/// What the items of a product's partition come to.
#[derive(Default)]
struct Gathered {
    product: Option<(Product, u64, Rating)>,
    stock: BTreeMap<Sku, Stock>,
    thresholds: BTreeMap<Sku, u64>,
    low: BTreeSet<Sku>,
    listing: BTreeMap<String, Item>,
    desk: Option<Item>,
}

impl Gathered {
    fn take(&mut self, item: Item) -> Result<(), StoreError> {
        let sk = item::sort_key(&item).to_owned();
        if let Some(sku) = sk.strip_prefix(keys::STOCK_PREFIX) {
            let sku = Sku::parse(sku).map_err(|error| item::corrupt(&item, error))?;
            self.stock.insert(sku.clone(), read_stock(&item)?);
            self.thresholds.extend(read_threshold(&item)?.map(|threshold| (sku.clone(), threshold)));
            self.low.extend(item.contains_key("gsi1pk").then_some(sku));
        } else if sk == keys::PRODUCT {
            self.product =
                Some((item::data(&item)?, item::read_number(&item, item::VERSION)?, read_rating(&item)?));
        } else if sk == keys::DESK {
            self.desk = Some(item);
        } else if sk.starts_with(keys::LISTING_PREFIX) {
            self.listing.insert(sk, item);
        }
        Ok(())
    }

    fn kept(self) -> Option<Kept> {
        let (product, version, rating) = self.product?;
        let Self { stock, thresholds, low, listing, desk, .. } = self;
        Some(Kept {
            stocked: StockedProduct { product, version, rating, stock, thresholds },
            listing,
            desk,
            low,
        })
    }
}

impl Database {
    /// A product with its stock, as of now.
    pub async fn product(&self, id: ProductId) -> Result<Option<StockedProduct>, StoreError> {
        let kept = self.gather(id, keys::PRODUCT).await?.kept();
        Ok(kept.map(|kept| kept.stocked))
    }

    /// A product with all that is kept with it, as of now.
    pub(super) async fn kept(&self, id: ProductId) -> Result<Option<Kept>, StoreError> {
        Ok(self.gather(id, keys::DESK).await?.kept())
    }

    async fn gather(&self, id: ProductId, from: &str) -> Result<Gathered, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk AND sk >= :from")
            .expression_attribute_values(":pk", item::text(keys::product_partition(id)))
            .expression_attribute_values(":from", item::text(from))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut gathered = Gathered::default();
        while let Some(item) = items.next().await {
            gathered.take(item.map_err(StoreError::sdk("Query"))?)?;
        }
        Ok(gathered)
    }

    /// The product that a slug points to, now or before it was changed.
    pub async fn product_id_of_slug(&self, slug: &Slug) -> Result<Option<ProductId>, StoreError> {
        self.pointer(keys::slug(slug)).await
    }

    /// The product that a SKU is, or was, a variant of.
    pub async fn product_id_of_sku(&self, sku: &Sku) -> Result<Option<ProductId>, StoreError> {
        self.pointer(keys::sku(sku)).await
    }

    /// The products that these SKUs are, or were, variants of, as of now; SKUs that nothing has are absent.
    pub async fn products_of_skus(
        &self,
        skus: impl IntoIterator<Item = &Sku>,
    ) -> Result<BTreeMap<Sku, ProductId>, StoreError> {
        let by_pk: BTreeMap<_, _> = skus.into_iter().map(|sku| (keys::sku(sku).pk, sku)).collect();
        let items = self.items(Table::Catalog, by_pk.values().map(|sku| keys::sku(sku))).await?;
        let mut products = BTreeMap::new();
        for item in &items {
            if let Some(sku) = by_pk.get(item::read_text(item, "pk")?) {
                products.insert((*sku).clone(), item::data(item)?);
            }
        }
        Ok(products)
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
        let keys =
            keys.into_iter().flat_map(|(pk, sks)| sks.into_iter().map(move |sk| Key { pk: pk.clone(), sk }));
        let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
        for item in self.items(Table::Catalog, keys).await? {
            let partition = item::read_text(&item, "pk")?.to_owned();
            gathered.entry(partition).or_default().take(item)?;
        }
        let products = gathered.into_values().filter_map(Gathered::kept);
        Ok(products.map(|kept| (kept.stocked.product.fields().id, kept.stocked)).collect())
    }

    /// The stock of these SKUs, as of now; what does not exist is absent.
    pub async fn stock_of(
        &self,
        wanted: impl IntoIterator<Item = (ProductId, &Sku)>,
    ) -> Result<BTreeMap<Sku, Stock>, StoreError> {
        let keys = wanted.into_iter().map(|(id, sku)| keys::stock(id, sku));
        let mut gathered = Gathered::default();
        for item in self.items(Table::Catalog, keys).await? {
            gathered.take(item)?;
        }
        Ok(gathered.stock)
    }
}

/// The counters in a stock item.
pub(crate) fn read_stock(item: &Item) -> Result<Stock, StoreError> {
    Ok(Stock {
        available: item::read_number(item, "available")?,
        reserved: item::read_number(item, "reserved")?,
        sold: item::read_number(item, "sold")?,
    })
}

/// At how many pieces a stock item runs low.
pub(super) fn read_threshold(item: &Item) -> Result<Option<u64>, StoreError> {
    item.get("lowStockThreshold").map(|_| item::read_number(item, "lowStockThreshold")).transpose()
}

/// The ratings beside a product, or in a listing entry.
pub(super) fn read_rating(item: &Item) -> Result<Rating, StoreError> {
    let number = |name: &str| item.get(name).map_or(Ok(0), |_| item::read_number(item, name));
    Ok(Rating { sum: number(RATING_SUM)?, count: number(RATING_COUNT)? })
}
