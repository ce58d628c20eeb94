//! Which stock runs low, and how it came to be what it is.

use domain::{AdjustmentId, ProductId, Sku};
use thiserror::Error;

use super::products;
use super::stock::Adjustment;
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject};
use crate::{Database, Table};

/// Why a threshold was not set.
#[derive(Debug, Error)]
pub enum ThresholdError {
    /// There is no stock of the SKU.
    #[error("there is no such SKU")]
    Unknown,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A SKU that runs low.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowStock {
    /// The product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: Sku,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockPage<T, P> {
    /// The entries.
    pub entries: Vec<T>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<P>,
}

impl Database {
    /// Says at how many pieces a SKU runs low, or that nobody wants to know. The list of what runs low follows within
    /// seconds.
    pub async fn set_stock_threshold(
        &self,
        product: ProductId,
        sku: &Sku,
        threshold: Option<u64>,
        actor: &Actor,
    ) -> Result<(), ThresholdError> {
        let before = self.stock_item(product, sku).await?.ok_or(ThresholdError::Unknown)?;
        let before = products::read_threshold(&before)?;
        if before == threshold {
            return Ok(());
        }
        let mut change = Change {
            update: "REMOVE lowStockThreshold, gsi1pk, gsi1sk",
            condition: Some("attribute_exists(pk)"),
            names: &[],
            values: vec![],
        };
        if let Some(threshold) = threshold {
            change.update = "SET lowStockThreshold = :threshold";
            change.values.push((":threshold", item::number(threshold)));
        }
        let mut transaction = self.transaction();
        transaction.update(Subject::StockLevel, Table::Catalog, keys::stock(product, sku), change)?;
        let told = |threshold: Option<u64>| serde_json::json!({ "lowStockThreshold": threshold });
        let subject = AuditSubject::new("stock", sku, sku.as_str());
        let (before, after) = (told(before), told(threshold));
        let entry = AuditEntry::of(actor, "stock.thresholdSet", subject, Some(&before), Some(&after))?;
        transaction.audit(&entry)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => ThresholdError::Unknown,
            CommitError::Store(error) => error.into(),
        })
    }

    /// The adjustments of a SKU's stock, the latest first.
    pub async fn adjustments(
        &self,
        sku: &Sku,
        before: Option<AdjustmentId>,
        limit: i32,
    ) -> Result<StockPage<Adjustment, AdjustmentId>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::stock_log(sku)))
            .set_exclusive_start_key(before.map(|id| keys::adjustment(sku, id).into_item()))
            .scan_index_forward(false)
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let entries: Vec<Adjustment> = answer.items().iter().map(item::data).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.and(entries.last()).map(|last| last.id);
        Ok(StockPage { entries, next })
    }

    /// The SKUs that run low, by their names (the list may lag by seconds).
    pub async fn low_stock(
        &self,
        after: Option<(ProductId, Sku)>,
        limit: i32,
    ) -> Result<StockPage<LowStock, (ProductId, Sku)>, StoreError> {
        let low = |item: &Item| {
            let sku = item::read_text(item, "gsi1sk")?;
            let product = item::read_text(item, "productId")?;
            Ok(LowStock {
                product: ProductId::parse(product).map_err(|error| item::corrupt(item, error))?,
                sku: Sku::parse(sku).map_err(|error| item::corrupt(item, error))?,
            })
        };
        let list = Partition::of_first(Table::Catalog, keys::LOW_STOCK);
        let after = after.map(|(product, sku)| (keys::stock(product, &sku), sku));
        let (entries, more) = self.page_of(&list, after, limit, low).await?;
        let next = entries.last().filter(|_| more).map(|last| (last.product, last.sku.clone()));
        Ok(StockPage { entries, next })
    }
}
