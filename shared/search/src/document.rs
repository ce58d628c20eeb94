//! What goes into an index.

use serde::{Deserialize, Serialize};

/// All that can be found, and what the answers need besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The categories, in the order in which they are shown.
    pub categories: Vec<Category>,
    /// The products.
    pub documents: Vec<Document>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// The address of the category it stands in.
    pub parent: Option<String>,
}

/// A brand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Brand {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
}

/// What buyers think of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The sum of all stars.
    pub sum: u64,
    /// How many gave them.
    pub count: u64,
}

impl Rating {
    /// The average in thousandths of a star.
    pub(crate) fn thousandths(self) -> u64 {
        self.sum.saturating_mul(1_000).checked_div(self.count).unwrap_or_default()
    }
}

/// A product as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The product's id, unlike any other's.
    pub id: String,
    /// The product's name.
    pub title: String,
    /// Who makes it.
    pub brand: Option<Brand>,
    /// What a buyer should know.
    pub description: String,
    /// What else describes it, such as the names of its variants.
    pub details: Vec<String>,
    /// The addresses of the categories it stands in; their ancestors follow from the tree.
    pub categories: Vec<String>,
    /// Its SKUs.
    pub codes: Vec<String>,
    /// Its lowest price, in minor units of the shop's currency.
    pub price: i64,
    /// What buyers think of it, if any said.
    pub rating: Option<Rating>,
    /// Whether it can be bought now.
    pub in_stock: bool,
    /// When it came into the catalogue, in seconds since 1970.
    pub created: i64,
    /// What an answer shows of it, in whatever form the caller likes: it is handed back as it is.
    pub card: String,
}
