//! The catalogue: products, stock, categories, brands, reviews, pictures, imports.

use domain::{
    AdjustmentId, EventId, ImportId, ProductId, Rating, ReviewId, ReviewStatus, Sku, Slug, UploadId,
};
use jiff::Timestamp;

use super::{Key, sortable_time};

/// The partition of a product, its stock and its listing entries.
#[must_use]
pub fn product_partition(id: ProductId) -> String {
    format!("PRODUCT#{id}")
}

/// Sort key of a product. `STOCK#…` sorts behind it and `LISTING#…` before, so that one query from here on gives
/// what a product page shows.
pub const PRODUCT: &str = "PRODUCT";

/// Key of a product.
#[must_use]
pub fn product(id: ProductId) -> Key {
    Key::new(product_partition(id), PRODUCT)
}

/// Key of a variant's stock.
#[must_use]
pub fn stock(id: ProductId, sku: &Sku) -> Key {
    Key::new(product_partition(id), format!("STOCK#{sku}"))
}

/// What the sort keys of stock begin with.
pub const STOCK_PREFIX: &str = "STOCK#";

/// What the sort keys of listing entries begin with.
pub const LISTING_PREFIX: &str = "LISTING#";

/// Partition of a category in the index of listings; `None` for the listing of everything.
#[must_use]
pub fn listing_partition(category: Option<&Slug>) -> String {
    format!("{LISTING_PREFIX}{}", category.map_or(EVERYTHING, Slug::as_str))
}

/// Stands for all categories. No slug has capital letters.
const EVERYTHING: &str = "ALL";

/// Key of a product's entry in a listing.
#[must_use]
pub fn listing(id: ProductId, category: Option<&Slug>) -> Key {
    Key::new(product_partition(id), listing_partition(category))
}

/// Key of what the console lists of a product.
#[must_use]
pub fn desk(id: ProductId) -> Key {
    Key::new(product_partition(id), DESK)
}

/// Sort key of what the console lists of a product, and the partition of all of them in the first index.
pub const DESK: &str = "DESK";

/// Key of the pointer from a slug to its product.
#[must_use]
pub fn slug(slug: &Slug) -> Key {
    Key::new(format!("SLUG#{slug}"), "SLUG")
}

/// Key of the pointer from a SKU to its product.
#[must_use]
pub fn sku(sku: &Sku) -> Key {
    Key::new(format!("SKU#{sku}"), "SKU")
}

/// Partition of all categories.
pub const CATEGORIES: &str = "CATEGORIES";

/// Key of a category.
#[must_use]
pub fn category(slug: &Slug) -> Key {
    Key::new(CATEGORIES.into(), format!("{CATEGORY_PREFIX}{slug}"))
}

/// What the sort keys of categories begin with.
pub const CATEGORY_PREFIX: &str = "CATEGORY#";

/// Key of the counter of changes of the tree of categories: every change of it passes here, so that two at once cannot
/// make a cycle.
#[must_use]
pub fn category_tree() -> Key {
    Key::new(CATEGORIES.into(), TREE)
}

/// Sort key of the counter of changes of the tree of categories.
pub const TREE: &str = "TREE";

/// Partition of all brands.
pub const BRANDS: &str = "BRANDS";

/// What the sort keys of brands begin with.
pub const BRAND_PREFIX: &str = "BRAND#";

/// Key of a brand.
#[must_use]
pub fn brand(slug: &Slug) -> Key {
    Key::new(BRANDS.into(), format!("{BRAND_PREFIX}{slug}"))
}

/// Partition of all stock that runs low, in the first index.
pub const LOW_STOCK: &str = "LOWSTOCK";

/// Partition of the adjustments of a SKU's stock.
#[must_use]
pub fn stock_log(sku: &Sku) -> String {
    format!("STOCKLOG#{sku}")
}

/// Key of an adjustment of a SKU's stock.
#[must_use]
pub fn adjustment(sku: &Sku, id: AdjustmentId) -> Key {
    Key::new(stock_log(sku), id.to_string())
}

/// Key of an upload of a picture.
#[must_use]
pub fn upload(id: UploadId) -> Key {
    Key::new(format!("UPLOAD#{id}"), "UPLOAD")
}

/// Partition of what was written down about pictures that may have to go.
pub const ORPHANS: &str = "ORPHANS";

/// Key of what was written down about pictures at a time; `id` tells it from what else was written down then.
#[must_use]
pub fn orphans(at: Timestamp, id: EventId) -> Key {
    Key::new(ORPHANS.into(), format!("{}#{id}", sortable_time(at)))
}

/// Key of a review.
#[must_use]
pub fn review(id: ReviewId) -> Key {
    Key::new(format!("REVIEW#{id}"), "REVIEW")
}

/// Partition of the reviews with a status, in the first index.
#[must_use]
pub fn reviews_with(status: ReviewStatus) -> String {
    format!("REVIEWSTATUS#{}", status.name())
}

/// Partition of what everybody sees of a product's reviews, by age in the table and by rating in the first index.
#[must_use]
pub fn reviews_of(product: ProductId) -> String {
    format!("REVIEWS#{product}")
}

/// Key of what everybody sees of a review.
#[must_use]
pub fn review_entry(product: ProductId, id: ReviewId) -> Key {
    Key::new(reviews_of(product), id.to_string())
}

/// Sort key of what everybody sees of a review in the first index.
#[must_use]
pub fn review_rank(rating: Rating, id: ReviewId) -> String {
    format!("{}#{id}", rating.get())
}

/// Key of the words that mean the same.
#[must_use]
pub fn synonyms() -> Key {
    Key::new("SEARCH".into(), SYNONYMS)
}

/// Sort key of the words that mean the same.
pub const SYNONYMS: &str = "SYNONYMS";

/// Key of an import of products.
#[must_use]
pub fn import(id: ImportId) -> Key {
    Key::new(format!("IMPORT#{id}"), "IMPORT")
}

/// Partition of all imports in the first index.
pub const IMPORTS: &str = "IMPORTS";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_page_is_one_range_of_its_partition() {
        assert!(DESK < LISTING_PREFIX && LISTING_PREFIX < PRODUCT && PRODUCT < STOCK_PREFIX);
    }
}
