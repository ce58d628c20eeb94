//! Bringing up to date what a product shows of others, and what shows the product.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use domain::product::ProductFields;
use domain::{Brand, CategoryTree, Product, ProductId, Sku, Slug};

use super::products::Kept;
use super::{StockedProduct, entries};
use crate::error::{StoreError, held};
use crate::item::{self, Item};
use crate::keys::{self, Key};
use crate::{Database, Table};

/// How often a product is looked at again that somebody changed meanwhile.
const MAX_TRIES: u32 = 5;

/// What products show of others: the tree of categories, and the names of brands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The tree of categories.
    pub tree: CategoryTree,
    /// The brands.
    pub brands: BTreeMap<Slug, Brand>,
}

impl Names {
    /// The product with the names as they are now, if any differs.
    fn renamed(&self, product: &Product) -> Option<Product> {
        let mut fields: ProductFields = product.clone().into();
        for category in &mut fields.categories {
            if let Some(node) = self.tree.get(&category.slug) {
                category.title.clone_from(&node.title);
            }
        }
        if let Some(brand) = &mut fields.brand
            && let Some(named) = self.brands.get(&brand.slug)
        {
            brand.title.clone_from(&named.title);
        }
        (fields != *product.fields()).then(|| Product::new(fields).ok()).flatten()
    }
}

impl Database {
    /// The names of categories and brands, as of now.
    pub async fn names(&self) -> Result<Names, StoreError> {
        let brands = self.brands().await?.into_iter().map(|(slug, brand)| (slug, brand.value));
        Ok(Names { tree: self.categories().await?.tree, brands: brands.collect() })
    }

    /// Looks at a product and writes what differs from what the table says: the names of its categories and its brand,
    /// its listing entries (with stock and rating), the console's entry, and which of its stock runs low. Answers whether
    /// anything differed.
    pub async fn refresh_product(&self, id: ProductId, names: &Names) -> Result<bool, StoreError> {
        let mut changed = false;
        for _ in 0..MAX_TRIES {
            let Some(kept) = self.kept(id).await? else {
                return Ok(changed);
            };
            if let Some(product) = names.renamed(&kept.stocked.product) {
                changed = true;
                // Whatever came in between is looked at in the next round, as is what has just been written.
                self.rename(&product, kept.stocked.version).await?;
                continue;
            }
            changed |= self.refresh_entries(id, &kept, &names.tree).await?;
            changed |= self.refresh_low(id, &kept).await?;
            return Ok(changed);
        }
        Err(StoreError::Contended)
    }

    /// Writes the names into the product, if it still is the one that was read. That is no edit: nobody's form grows
    /// old by it, since a form names categories and brands by their addresses.
    async fn rename(&self, product: &Product, version: u64) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .update_expression("SET #data = :data")
            .condition_expression("#version = :read")
            .expression_attribute_names("#data", item::DATA)
            .expression_attribute_names("#version", item::VERSION)
            .expression_attribute_values(":data", item::stored(product)?)
            .expression_attribute_values(":read", item::number(version));
        self.update_if(keys::product(product.fields().id), update).await
    }

    async fn refresh_entries(
        &self,
        id: ProductId,
        kept: &Kept,
        tree: &CategoryTree,
    ) -> Result<bool, StoreError> {
        let wanted = entries::listing(&kept.stocked, tree)?;
        let desk = entries::desk(&kept.stocked.product, kept.stocked.version)?;
        let surplus: Vec<_> = kept.listing.keys().filter(|sk| !wanted.contains_key(*sk)).collect();
        let mut changed = !surplus.is_empty();
        for sk in surplus {
            let key = Key { pk: keys::product_partition(id), sk: sk.clone() };
            let request = self
                .client
                .delete_item()
                .table_name(self.table(Table::Catalog)?)
                .set_key(Some(key.into_item()));
            request.send().await.map_err(StoreError::sdk("DeleteItem"))?;
        }
        for (sk, entry) in wanted {
            if kept.listing.get(&sk) != Some(&entry) {
                changed = true;
                self.put(entry).await?;
            }
        }
        if kept.desk.as_ref() != Some(&desk) {
            changed = true;
            self.put(desk).await?;
        }
        Ok(changed)
    }

    async fn put(&self, item: Item) -> Result<(), StoreError> {
        let request = self.client.put_item().table_name(self.table(Table::Catalog)?).set_item(Some(item));
        request.send().await.map(drop).map_err(StoreError::sdk("PutItem"))
    }

    /// Lists the stock that runs low, and no other. The condition looks at the counters once more, as orders change them
    /// all the time.
    async fn refresh_low(&self, id: ProductId, kept: &Kept) -> Result<bool, StoreError> {
        let StockedProduct { product, stock, thresholds, .. } = &kept.stocked;
        let mut changed = false;
        for (sku, stock) in stock {
            let threshold = thresholds.get(sku).filter(|_| product.variant(sku).is_some());
            let low = threshold.is_some_and(|threshold| stock.available <= *threshold);
            if low != kept.low.contains(sku) {
                changed = true;
                self.mark_low(id, sku, low).await?;
            }
        }
        Ok(changed)
    }

    async fn mark_low(&self, id: ProductId, sku: &Sku, low: bool) -> Result<(), StoreError> {
        let update = self.client.update_item();
        let update = if low {
            update
                .update_expression("SET gsi1pk = :low, gsi1sk = :sku")
                .condition_expression("available <= lowStockThreshold")
                .expression_attribute_values(":low", item::text(keys::LOW_STOCK))
                .expression_attribute_values(":sku", item::text(sku))
        } else {
            update.update_expression("REMOVE gsi1pk, gsi1sk").condition_expression(
                "attribute_not_exists(lowStockThreshold) OR available > lowStockThreshold",
            )
        };
        self.update_if(keys::stock(id, sku), update).await
    }

    /// Sends an update whose condition may fail: then somebody else has changed the item, and its own change is told.
    async fn update_if(&self, key: Key, update: UpdateItemFluentBuilder) -> Result<(), StoreError> {
        let update = update.table_name(self.table(Table::Catalog)?).set_key(Some(key.into_item()));
        held("UpdateItem", update.send().await).map(drop)
    }
}
