//! What is asked of an index.

use serde::{Deserialize, Serialize};

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// What was typed; nothing asks for everything.
    pub query: String,
    /// What the answer is narrowed to.
    pub filters: Filters,
    /// The order of the answer.
    pub sort: Sort,
    /// Where the page begins; nothing asks for the first.
    pub after: Option<Place>,
    /// How many products are wanted.
    pub limit: usize,
}

/// What an answer is narrowed to. Values of one filter are alternatives; different filters hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// The addresses of categories; products of their sub-categories stand in them too.
    pub categories: Vec<String>,
    /// The addresses of brands.
    pub brands: Vec<String>,
    /// The least price, in minor units.
    pub min_price: Option<i64>,
    /// The highest price, in minor units.
    pub max_price: Option<i64>,
    /// The least average rating, in stars.
    pub min_rating: Option<u8>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
}

/// The order of an answer. What is equal goes by title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first; where nothing was typed, what can be bought now.
    #[default]
    Relevance,
    /// The cheapest first.
    PriceUp,
    /// The dearest first.
    PriceDown,
    /// The latest first.
    Newest,
    /// The best rated first, of equal ones the more often rated.
    Rating,
    /// By title.
    Title,
}

/// A place in an answer: behind this product. Where the product is gone from the answer, because the index changed in the
/// meantime, behind so many products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The last product before the place.
    pub id: String,
    /// How many products come before the place.
    pub offset: usize,
}
