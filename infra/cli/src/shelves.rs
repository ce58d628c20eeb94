//! Puts products on the shelves, each with its suppliers' offers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::{Brand, CategoryNode, CategoryTree, Offer, Product, Sku, Slug, SupplierId};
use futures::{StreamExt, TryStreamExt, stream};
use store::audit::{Actor, AuditSubject};
use store::catalog::{BrandError, CategoryWriteError, ProductWriteError, ThresholdError};
use store::{Database, StoreError};
use thiserror::Error;

use crate::progress::Progress;

/// How many categories are filled at a time. Products of one category follow each other, since each asks whether the
/// category is there and two at once would only get in each other's way.
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
        source: ProductWriteError,
    },
    /// The categories cannot be written.
    #[error("categories: {0}")]
    Categories(#[from] CategoryWriteError),
    /// The brands cannot be written.
    #[error("brands: {0}")]
    Brands(#[from] BrandError),
    /// What is low stock cannot be written.
    #[error("thresholds: {0}")]
    Threshold(#[from] ThresholdError),
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
    /// At how many pieces a SKU runs low, where somebody shall be told.
    pub thresholds: BTreeMap<Sku, u64>,
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

/// Puts those products on the shelf that are not there yet, in these categories; the others stay as they are, with the
/// stock that they have.
pub async fn fill(
    database: &Database,
    categories: &[CategoryNode],
    products: Vec<NewProduct>,
    actor: &Actor,
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
    write_offers(database, missing.values().flatten(), actor).await?;
    let brands = missing.values().flatten().filter_map(|new| new.product.fields().brand.clone());
    database
        .ensure_brands(&brands.collect::<BTreeSet<Brand>>().into_iter().collect::<Vec<_>>(), actor)
        .await?;
    let tree = database.ensure_categories(categories, actor).await?.tree;
    let work = progress.begin("Putting products on the shelves", created as u64);
    let result = stream::iter(missing.into_values())
        .map(Ok)
        .try_for_each_concurrent(CATEGORIES_AT_ONCE, async |category| {
            for new in category {
                create(database, &new, &tree, actor).await?;
                work.step();
            }
            Ok(())
        })
        .await;
    work.end();
    result.map(|()| Filled { created, present: all - created })
}

/// The offers come first, so that a product that exists can be bought and sent, whenever this stopped.
async fn write_offers(
    database: &Database,
    products: impl Iterator<Item = &NewProduct>,
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut offers: BTreeMap<SupplierId, Vec<Offer>> = BTreeMap::new();
    for offer in products.flat_map(|new| &new.offers) {
        offers.entry(offer.supplier_id).or_default().push(offer.clone());
    }
    for (id, offers) in offers {
        let known = database.supplier(id).await?;
        let about = known.map_or_else(
            || AuditSubject::new("supplier", id, id.to_string()),
            |record| store::suppliers::subject(&record.value.supplier),
        );
        database.write_offers(&about, &offers, actor, false).await?;
    }
    Ok(())
}

async fn create(
    database: &Database,
    new: &NewProduct,
    tree: &CategoryTree,
    actor: &Actor,
) -> Result<(), ShelvesError> {
    let fields = new.product.fields();
    let created = database.create_product(&new.product, &new.pieces, tree, actor).await;
    created.map_err(|source| ShelvesError::Product { slug: fields.slug.clone(), source })?;
    for (sku, threshold) in &new.thresholds {
        database.set_stock_threshold(fields.id, sku, Some(*threshold), actor).await?;
    }
    Ok(())
}
