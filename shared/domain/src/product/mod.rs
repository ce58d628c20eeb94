//! Products, their options and variants.

mod check;
mod image;
mod slug;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::check::{ProductError, ProductFault};
pub use self::image::{Image, Rendition};
pub use self::slug::{Slug, SlugError};
use crate::brand::Brand;
use crate::ids::ProductId;
use crate::money::Money;
use crate::sku::Sku;

/// How far a product has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProductStatus {
    /// Being written: only staff see it.
    Draft,
    /// On sale.
    #[default]
    Active,
    /// No longer on sale: kept for the books, and may come back.
    Archived,
}

impl ProductStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Active, Self::Archived];

    /// The status's name, as answers and files have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Archived => "archived",
        }
    }

    /// The status with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// A category that a product stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The category's address.
    pub slug: Slug,
    /// The category's name.
    pub title: String,
}

/// What search engines are told of a product, where it differs from what the page says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seo {
    /// The page's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page's description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Seo {
    /// The most characters of the title.
    pub const MAX_TITLE: usize = 120;
    /// The most characters of the description.
    pub const MAX_DESCRIPTION: usize = 320;
}

/// What a buyer can choose about a product, such as its length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductOption {
    /// The option's name, such as `Length`.
    pub name: String,
    /// The values there are, in the order they are shown.
    pub values: Vec<String>,
}

impl ProductOption {
    /// The most characters of an option's name and of each of its values.
    pub const MAX_LENGTH: usize = 80;
}

/// One sellable form of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// The variant's SKU, unlike any other in the shop.
    pub sku: Sku,
    /// What tells this variant from its siblings; empty where a product has just one.
    pub title: String,
    /// The value of each option.
    pub options: BTreeMap<String, String>,
    /// The price of one piece.
    pub price: Money,
    /// What one piece cost before, or costs elsewhere; always above the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at_price: Option<Money>,
}

/// What makes up a product, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductFields {
    /// The product's id.
    pub id: ProductId,
    /// The product's address, unlike any other's.
    pub slug: Slug,
    /// The product's name.
    pub title: String,
    /// What a buyer should know, as plain text.
    pub description: String,
    /// How far it has come.
    pub status: ProductStatus,
    /// Who makes it, where that is known.
    pub brand: Option<Brand>,
    /// The categories it stands in.
    pub categories: Vec<Category>,
    /// What search engines are told.
    pub seo: Seo,
    /// Its pictures, the first one for listings.
    pub images: Vec<Image>,
    /// What can be chosen.
    pub options: Vec<ProductOption>,
    /// What can be bought.
    pub variants: Vec<Variant>,
    /// When it was written down first.
    pub created_at: Timestamp,
    /// When somebody changed it last.
    pub updated_at: Timestamp,
}

impl ProductFields {
    /// The beginning of a product that is on sale: it lacks categories and variants.
    #[must_use]
    pub fn named(id: ProductId, slug: Slug, title: impl Into<String>, now: Timestamp) -> Self {
        Self {
            id,
            slug,
            title: title.into(),
            description: String::new(),
            status: ProductStatus::Active,
            brand: None,
            categories: Vec::new(),
            seo: Seo::default(),
            images: Vec::new(),
            options: Vec::new(),
            variants: Vec::new(),
            created_at: now,
            updated_at: now,
        }
    }
}

/// A product that is complete and consistent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProductFields", into = "ProductFields")]
pub struct Product(ProductFields);

impl Product {
    /// The most characters of a title.
    pub const MAX_TITLE: usize = 200;
    /// The most characters of a description.
    pub const MAX_DESCRIPTION: usize = 5_000;
    /// The most categories that a product may stand in.
    pub const MAX_CATEGORIES: usize = 5;
    /// The most pictures.
    pub const MAX_IMAGES: usize = 20;
    /// The most options.
    pub const MAX_OPTIONS: usize = 5;
    /// The most variants: with a pointer and a stock item each, and the listing entries, they fit one transaction.
    pub const MAX_VARIANTS: usize = 30;
    /// The highest price of a piece, in minor units: the largest order still has a total.
    pub const MAX_PRICE: i64 = 10_000_000_000;

    /// The checked fields.
    #[must_use]
    pub fn fields(&self) -> &ProductFields {
        &self.0
    }

    /// Whether it can be listed, shown and bought.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.0.status == ProductStatus::Active
    }

    /// The variant with this SKU.
    #[must_use]
    pub fn variant(&self, sku: &Sku) -> Option<&Variant> {
        self.0.variants.iter().find(|variant| variant.sku == *sku)
    }
}

impl TryFrom<ProductFields> for Product {
    type Error = ProductError;

    fn try_from(fields: ProductFields) -> Result<Self, ProductError> {
        Self::new(fields)
    }
}

impl From<Product> for ProductFields {
    fn from(product: Product) -> Self {
        product.0
    }
}
