//! Products, stock, listings, categories and brands.
//!
//! A product is one item; what lists it and finds it (listing entries, the console's entry, the pointers of slugs and
//! SKUs) is written in the same transaction. What others change about it (its categories' places and names, its brand's
//! name, its stock, its rating) is brought up to date by [`Database::refresh_product`], which looks at the table and
//! writes what differs, so that it does not matter how often or in which order it is called.

mod brands;
mod categories;
mod desk;
mod edit;
mod entries;
mod listing;
mod products;
mod refresh;
mod shelve;
mod stock;
mod stock_lists;
mod write;

use std::collections::BTreeMap;

use domain::{Product, Sku, Stock};

pub use brands::{BrandError, MAX_BRANDS};
pub use categories::{Categories, CategoryMark, CategoryWriteError};
pub use desk::{DeskEntry, DeskFilter, DeskPage};
pub use edit::MAX_VARIANT_CHANGES;
pub use listing::{Listed, ListingEntry, ListingPage, ListingPosition};
pub(crate) use products::{RATING_COUNT, RATING_SUM};
pub use refresh::Names;
pub use shelve::MAX_SHELVES;
pub use stock::{Adjust, AdjustError, AdjustReason, Adjustment, MAX_DELTA, MAX_PIECES};
pub use stock_lists::{LowStock, StockPage, ThresholdError};
pub use write::ProductWriteError;

pub(crate) use products::read_stock;

use crate::Database;
#[allow(unused_imports, reason = "the documentation names it")]
use crate::error::StoreError;

/// The index of listings, of the console's list and of what runs low.
const LISTINGS: &str = "gsi1";

/// The sum and the number of a product's ratings: attributes beside the product, which a review changes without making a
/// new version of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rating {
    /// The sum of all ratings from 1 to 5.
    pub sum: u64,
    /// How many there are.
    pub count: u64,
}

/// A product with the stock of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockedProduct {
    /// The product.
    pub product: Product,
    /// The number of its latest change.
    pub version: u64,
    /// What buyers think of it.
    pub rating: Rating,
    /// The stock of each SKU.
    pub stock: BTreeMap<Sku, Stock>,
    /// At how many pieces a SKU runs low, where somebody wants to know.
    pub thresholds: BTreeMap<Sku, u64>,
}

impl StockedProduct {
    /// Whether any variant can be bought now.
    #[must_use]
    pub fn in_stock(&self) -> bool {
        let variants = self.product.fields().variants.iter();
        variants.filter_map(|variant| self.stock.get(&variant.sku)).any(|stock| stock.available > 0)
    }
}
