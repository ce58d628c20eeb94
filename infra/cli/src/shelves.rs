//! Puts products on the shelves, each with its suppliers' offers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::{Offer, Product, Sku, Slug};
use futures::{StreamExt, TryStreamExt, stream};
use store::catalog::CreateProductError;
use store::{Database, StoreError};
use thiserror::Error;

use crate::progress::Progress;

/// How many categories are filled at a time. Products of one category follow each other, since each writes the
/// category's own entry and two at once would only get in each other's way.
const CATEGORIES_AT_ONCE: usize = 12;

/// Why a product did not get on the shelf.
#[derive(Debug, Error)]
pub enum ShelvesError {
    /// It cannot be created.
    #[error("{slug}: {source}")]
    Product {
        /// Which product.
        slug: Slug,
        /// Why not.
        source: CreateProductError,
    },
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A product to be put on the shelf.
#[derive(Debug, Clone)]
pub struct NewProduct {
    /// The product.
    pub product: Product,
    /// How many pieces of each SKU.
    pub pieces: BTreeMap<Sku, u64>,
    /// Who supplies it.
    pub offers: Vec<Offer>,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Products that are new.
    pub created: usize,
    /// Products that had been there before and are as they were.
    pub present: usize,
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Products: {} new, {} there already", self.created, self.present)
    }
}

/// Puts those products on the shelf that are not there yet; the others stay as they are, with the stock that they have.
pub async fn fill(
    database: &Database,
    products: Vec<NewProduct>,
    progress: Progress,
) -> Result<Filled, ShelvesError> {
    let keys = products.iter().filter_map(|new| {
        let fields = new.product.fields();
        fields.variants.first().map(|variant| (fields.id, &variant.sku))
    });
    let known: BTreeSet<_> = database.products(keys).await?.into_keys().collect();
    let all = products.len();
    let mut missing: BTreeMap<Option<Slug>, Vec<NewProduct>> = BTreeMap::new();
    for new in products.into_iter().filter(|new| !known.contains(&new.product.fields().id)) {
        let category = new.product.fields().categories.first().map(|category| category.slug.clone());
        missing.entry(category).or_default().push(new);
    }
    let created = missing.values().map(Vec::len).sum();
    let work = progress.begin("Putting products on the shelves", created as u64);
    let result = stream::iter(missing.into_values())
        .map(Ok)
        .try_for_each_concurrent(CATEGORIES_AT_ONCE, async |category| {
            for new in category {
                create(database, &new).await?;
                work.step();
            }
            Ok(())
        })
        .await;
    work.end();
    result.map(|()| Filled { created, present: all - created })
}

/// The offers come first, so that a product that exists can be bought and sent, whenever this stopped.
async fn create(database: &Database, new: &NewProduct) -> Result<(), ShelvesError> {
    let offers = new.offers.iter().map(|offer| database.put_offer(offer));
    stream::iter(offers).buffer_unordered(16).try_collect::<()>().await?;
    let created = database.create_product(&new.product, &new.pieces).await;
    created.map_err(|source| ShelvesError::Product { slug: new.product.fields().slug.clone(), source })
}
