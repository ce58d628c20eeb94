//! What the search index is made of: the products on sale, and the words that mean the same.

use domain::{Product, ProductId, Synonyms};
use futures::{StreamExt, TryStreamExt, stream};
use thiserror::Error;

use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::catalog::{RATING_COUNT, RATING_SUM, Rating};
use crate::error::StoreError;
use crate::item::{self, DATA, Versioned};
use crate::keys;
use crate::transaction::{CommitError, Subject};
use crate::{Database, Table};

/// How many entries of the listing are asked for at once; DynamoDB gives fewer where they are large.
const LISTING_PAGE: i32 = 1_000;
/// How many products are read with one call.
const PRODUCTS: usize = 100;
/// How many such calls are under way at once.
const CALLS: usize = 4;

/// The attributes of a product's item that a search shows or finds it by.
pub const SHOWN_OF_PRODUCT: [&str; 3] = [DATA, RATING_SUM, RATING_COUNT];
/// The attributes of a listing entry that say more than the product's item.
pub const SHOWN_OF_LISTING: [&str; 1] = ["inStock"];
/// The attributes of a category's item that a search shows or finds products by.
pub const SHOWN_OF_CATEGORY: [&str; 3] = ["title", "parent", "position"];
/// The attributes of the items of brands and of synonyms that a search shows or finds products by.
pub const SHOWN_OF_OTHERS: [&str; 1] = [DATA];

/// A product that is on sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnSale {
    /// The product.
    pub product: Product,
    /// What buyers think of it.
    pub rating: Rating,
    /// Whether it can be bought now (it may lag by seconds).
    pub in_stock: bool,
}

/// Why synonyms were not written.
#[derive(Debug, Error)]
pub enum SynonymsWriteError {
    /// Somebody else changed them since they were read.
    #[error("somebody else changed the synonyms")]
    Outdated,
    /// They could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// All products that are on sale.
    pub async fn products_on_sale(&self) -> Result<Vec<OnSale>, StoreError> {
        let mut listed: Vec<(ProductId, bool)> = Vec::new();
        let mut after = None;
        loop {
            let page = self.listing(None, after.as_ref(), LISTING_PAGE).await?;
            listed.extend(page.entries.into_iter().map(|listed| (listed.entry.id, listed.in_stock)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let batches = listed.chunks(PRODUCTS).map(|batch| self.on_sale(batch));
        stream::iter(batches).buffered(CALLS).try_concat().await
    }

    /// The products of listing entries. What was taken off sale since it was listed is left out.
    async fn on_sale(&self, listed: &[(ProductId, bool)]) -> Result<Vec<OnSale>, StoreError> {
        let items = self.items(Table::Catalog, listed.iter().map(|(id, _)| keys::product(*id))).await?;
        let mut products = Vec::with_capacity(items.len());
        for item in items {
            let product: Product = item::data(&item)?;
            let number = |name: &str| item.get(name).map_or(Ok(0), |_| item::read_number(&item, name));
            let rating = Rating { sum: number(RATING_SUM)?, count: number(RATING_COUNT)? };
            let in_stock = listed.iter().any(|(id, in_stock)| *in_stock && *id == product.fields().id);
            if product.is_active() {
                products.push(OnSale { product, rating, in_stock });
            }
        }
        Ok(products)
    }

    /// The words that mean the same, as of now; the shop's own, at version 0, where nobody has written any.
    pub async fn synonyms(&self) -> Result<Versioned<Synonyms>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::synonyms().into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let written = found.item.as_ref().map(item::versioned).transpose()?;
        Ok(written.unwrap_or(Versioned { value: Synonyms::default(), version: 0 }))
    }

    /// Writes synonyms that were read as `before`.
    pub async fn update_synonyms(
        &self,
        before: &Versioned<Synonyms>,
        synonyms: Synonyms,
        actor: &Actor,
    ) -> Result<Versioned<Synonyms>, SynonymsWriteError> {
        let subject = AuditSubject::new("synonyms", "all", "Synonyms");
        let entry = AuditEntry::of(actor, "synonyms.updated", subject, Some(&before.value), Some(&synonyms))?;
        let mut transaction = self.transaction();
        if before.version == 0 {
            let item = item::with_data(keys::synonyms(), &synonyms, [(item::VERSION, item::number(1))])?;
            transaction.put(Subject::Synonyms, Table::Catalog, item, Some("attribute_not_exists(pk)"))?;
        } else {
            let after = Versioned { value: &synonyms, version: before.version };
            transaction.replace(Subject::Synonyms, Table::Catalog, keys::synonyms(), &after)?;
        }
        transaction.audit(&entry)?;
        match transaction.commit().await {
            Ok(()) => Ok(Versioned { value: synonyms, version: before.version + 1 }),
            Err(CommitError::Refused(_)) => Err(SynonymsWriteError::Outdated),
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    }
}
