//! The catalogue: what there is to buy.

pub mod get_product;
pub mod list_categories;
pub mod list_products;
pub mod list_reviews;
mod moved;
mod record;
pub mod refresh_listings;

/// For how many seconds caches may answer for a listing, a product page or the categories.
pub const LISTING_SECONDS: u32 = 30;
/// A product page shows stock, so caches answer for it only this many seconds.
pub const PRODUCT_SECONDS: u32 = 5;
/// For how many seconds caches may answer for the categories.
pub const CATEGORIES_SECONDS: u32 = 60;
