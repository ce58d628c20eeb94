//! Stock as staff see it: adjustments with their history, and what runs low.

use domain::{AdjustmentId, ProductId, Sku};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::products;
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::idempotency::{IdempotencyKey, LIFETIME};
use crate::item::{self, Item};
use crate::keys;
use crate::schema::Stored;
use crate::transaction::{Change, CommitError, Refusal, Subject, Transaction};
use crate::{Database, Table};

/// The most pieces that one adjustment may add or take.
pub const MAX_DELTA: u64 = 1_000_000;
/// The most pieces of a SKU that can be available.
pub const MAX_PIECES: u64 = 1_000_000_000;
/// How often an adjustment is tried again that orders or others got ahead of.
const MAX_TRIES: u32 = 40;

/// Why stock was adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AdjustReason {
    /// A delivery came.
    Received,
    /// A buyer sent it back.
    Returned,
    /// It can no longer be sold.
    Damaged,
    /// It is not where it should be.
    Lost,
    /// Somebody counted.
    Counted,
    /// An earlier adjustment was wrong.
    Correction,
}

/// An adjustment that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Adjustment {
    /// Its id, which sorts by time.
    pub id: AdjustmentId,
    /// When.
    pub at: Timestamp,
    /// By how many pieces.
    pub delta: i64,
    /// How many pieces were available afterwards.
    pub available: u64,
    /// Why.
    pub reason: AdjustReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who did it.
    pub actor: Actor,
}

/// An adjustment to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjust {
    /// The product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: Sku,
    /// By how many pieces; not zero.
    pub delta: i64,
    /// Why.
    pub reason: AdjustReason,
    /// What else there is to say.
    pub note: Option<String>,
}

/// Why stock was not adjusted.
#[derive(Debug, Error)]
pub enum AdjustError {
    /// There is no stock of the SKU.
    #[error("there is no such SKU")]
    Unknown,
    /// There would be less than nothing, or more than [`MAX_PIECES`].
    #[error("{available} are available: there can be 0 to {MAX_PIECES}")]
    Range {
        /// How many there are.
        available: u64,
    },
    /// The key was used for another adjustment.
    #[error("the key was used for another request")]
    KeyReused,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a key was used for.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Used {
    fingerprint: String,
    adjustment: Adjustment,
}

impl Stored for Used {}

impl Database {
    /// Adjusts the stock of a SKU: never below nothing, once for a key, with its entries in the history and the audit
    /// trail. A repeated request gets the adjustment that was made.
    pub async fn adjust_stock(
        &self,
        adjust: &Adjust,
        key: &IdempotencyKey,
        actor: &Actor,
    ) -> Result<Adjustment, AdjustError> {
        let mut before = None;
        for conflict in 0..MAX_TRIES {
            if before.is_none() {
                before =
                    Some(self.stock_item(adjust.product, &adjust.sku).await?.ok_or(AdjustError::Unknown)?);
            }
            let Some(stock) = before.as_ref().map(products::read_stock).transpose()? else {
                return Err(AdjustError::Unknown);
            };
            // A repeated request is known by its key, also where the pieces would no longer suffice.
            let after = stock.available.checked_add_signed(adjust.delta).filter(|after| *after <= MAX_PIECES);
            let Some(after) = after else {
                return match self.used(key).await? {
                    Some(used) => used,
                    None => Err(AdjustError::Range { available: stock.available }),
                };
            };
            let adjustment = Adjustment {
                id: AdjustmentId::generate(),
                at: Timestamp::now(),
                delta: adjust.delta,
                available: after,
                reason: adjust.reason,
                note: adjust.note.clone(),
                actor: actor.clone(),
            };
            match self.adjustment(adjust, stock.available, &adjustment, key)?.commit().await {
                Ok(()) => return Ok(adjustment),
                Err(CommitError::Store(error)) => return Err(error.into()),
                Err(CommitError::Refused(refusals)) => {
                    if refusals.iter().any(|refusal| refusal.subject == Subject::Idempotency)
                        && let Some(used) = self.used(key).await?
                    {
                        return used;
                    }
                    // The refusal tells how the stock stands now.
                    let stock = |refusal: Refusal| {
                        (refusal.subject == Subject::StockLevel).then_some(refusal.item).flatten()
                    };
                    before = refusals.into_iter().find_map(stock);
                    tokio::time::sleep(crate::transaction::pause(conflict)).await;
                }
            }
        }
        Err(StoreError::Contended.into())
    }

    fn adjustment(
        &self,
        adjust: &Adjust,
        before: u64,
        adjustment: &Adjustment,
        key: &IdempotencyKey,
    ) -> Result<Transaction<'_>, StoreError> {
        let mut transaction = self.transaction();
        let change = Change {
            update: "SET available = :after",
            condition: Some("available = :before"),
            names: &[],
            values: vec![(":after", item::number(adjustment.available)), (":before", item::number(before))],
        };
        let stock = keys::stock(adjust.product, &adjust.sku);
        transaction.update(Subject::StockLevel, Table::Catalog, stock, change)?;
        let log = item::with_data(keys::adjustment(&adjust.sku, adjustment.id), adjustment, [])?;
        transaction.put(Subject::Unconditional, Table::Catalog, log, None)?;
        let used = Used { fingerprint: key.fingerprint().to_owned(), adjustment: adjustment.clone() };
        let ttl = [(item::TTL, item::number((adjustment.at + LIFETIME).as_second()))];
        let used = item::with_data(key.key(), &used, ttl)?;
        transaction.put(Subject::Idempotency, Table::Catalog, used, Some("attribute_not_exists(pk)"))?;
        let told = |available: u64| serde_json::json!({ "available": available });
        let (mut from, mut to) = (told(before), told(adjustment.available));
        from["reason"] = serde_json::Value::Null;
        to["reason"] = serde_json::json!(adjustment.reason);
        let subject = AuditSubject::new("stock", &adjust.sku, adjust.sku.as_str());
        let entry = AuditEntry::of(&adjustment.actor, "stock.adjusted", subject, Some(&from), Some(&to))?;
        transaction.audit(&entry)?;
        Ok(transaction)
    }

    async fn used(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<Result<Adjustment, AdjustError>>, StoreError> {
        let used: Option<Used> = self.catalog_item(key.key()).await?.as_ref().map(item::data).transpose()?;
        Ok(used.map(|used| {
            if used.fingerprint == key.fingerprint() {
                Ok(used.adjustment)
            } else {
                Err(AdjustError::KeyReused)
            }
        }))
    }

    pub(super) async fn stock_item(&self, product: ProductId, sku: &Sku) -> Result<Option<Item>, StoreError> {
        self.catalog_item(keys::stock(product, sku)).await
    }

    async fn catalog_item(&self, key: keys::Key) -> Result<Option<Item>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(key.into_item()))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::sdk("GetItem"))?.item)
    }
}
