//! Products, their options and variants.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::ProductId;
use crate::money::{Currency, Money};
use crate::sku::Sku;
use crate::text::text_newtype;

/// Text that is no slug.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be 1 to {max} characters: lower-case letters and digits in words joined by `-`", max = Slug::MAX_LENGTH)]
pub struct SlugError;

/// The readable part of a page's address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The most characters a slug may have.
    pub const MAX_LENGTH: usize = 100;

    /// Checks a slug that came from outside.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if text.len() <= Self::MAX_LENGTH && text.split('-').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError)
        }
    }

    /// Makes a slug of a title: what is no letter or digit becomes a `-`.
    pub fn from_title(title: &str) -> Result<Self, SlugError> {
        let plain = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), " ");
        let mut slug = plain.split_whitespace().collect::<Vec<_>>().join("-");
        slug.truncate(Self::MAX_LENGTH);
        Self::parse(slug.trim_end_matches('-'))
    }
}

text_newtype!(Slug, SlugError);

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Path below the site's address, such as `/media/products/claw-hammer.webp`.
    pub url: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
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

/// What a buyer can choose about a product, such as its length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductOption {
    /// The option's name, such as `Length`.
    pub name: String,
    /// The values there are, in the order they are shown.
    pub values: Vec<String>,
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
    /// Who makes it.
    pub brand: String,
    /// The categories it stands in.
    pub categories: Vec<Category>,
    /// Its pictures, the first one for listings.
    pub images: Vec<Image>,
    /// What can be chosen.
    pub options: Vec<ProductOption>,
    /// What can be bought.
    pub variants: Vec<Variant>,
}

/// Why fields make no product.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProductError {
    /// The title is empty or longer than [`Product::MAX_TITLE`].
    #[error("the title must have 1 to {max} characters", max = Product::MAX_TITLE)]
    Title,
    /// The description is longer than [`Product::MAX_DESCRIPTION`].
    #[error("the description must have at most {max} characters", max = Product::MAX_DESCRIPTION)]
    Description,
    /// The number of categories is not from one to [`Product::MAX_CATEGORIES`], or one comes twice.
    #[error("a product stands in 1 to {max} different categories", max = Product::MAX_CATEGORIES)]
    Categories,
    /// The number of variants is not from one to [`Product::MAX_VARIANTS`].
    #[error("a product has 1 to {max} variants", max = Product::MAX_VARIANTS)]
    VariantCount,
    /// A SKU comes twice.
    #[error("the SKU {0} comes twice")]
    DuplicateSku(Sku),
    /// A variant does not choose exactly one known value for each option, or two choose the same.
    #[error("the variant {0} must choose one of the values of every option, unlike its siblings")]
    Options(Sku),
    /// A price is negative, or in another currency than the first variant's.
    #[error("the price of {0} must not be negative, and in the currency of its siblings")]
    Price(Sku),
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
    pub const MAX_CATEGORIES: usize = 10;
    /// The most variants: with a pointer and a stock item each, and the categories, they fit one transaction.
    pub const MAX_VARIANTS: usize = 35;

    /// Checks the rules that no single field can break alone.
    pub fn new(fields: ProductFields) -> Result<Self, ProductError> {
        if !(1..=Self::MAX_TITLE).contains(&fields.title.chars().count()) {
            return Err(ProductError::Title);
        }
        if fields.description.chars().count() > Self::MAX_DESCRIPTION {
            return Err(ProductError::Description);
        }
        let categories: BTreeSet<_> = fields.categories.iter().map(|c| &c.slug).collect();
        if categories.len() != fields.categories.len()
            || !(1..=Self::MAX_CATEGORIES).contains(&categories.len())
        {
            return Err(ProductError::Categories);
        }
        if !(1..=Self::MAX_VARIANTS).contains(&fields.variants.len()) {
            return Err(ProductError::VariantCount);
        }
        check_variants(&fields)?;
        Ok(Self(fields))
    }

    /// The checked fields.
    #[must_use]
    pub fn fields(&self) -> &ProductFields {
        &self.0
    }

    /// The variant with this SKU.
    #[must_use]
    pub fn variant(&self, sku: &Sku) -> Option<&Variant> {
        self.0.variants.iter().find(|variant| variant.sku == *sku)
    }

    /// The lowest price of a variant.
    #[must_use]
    pub fn price_from(&self) -> Money {
        let prices = self.0.variants.iter().map(|variant| variant.price);
        prices.min_by_key(|price| price.amount()).unwrap_or(Money::zero(Currency::Gbp))
    }
}

fn check_variants(fields: &ProductFields) -> Result<(), ProductError> {
    let mut skus = BTreeSet::new();
    let mut choices = BTreeSet::new();
    let currency = fields.variants.first().map(|variant| variant.price.currency());
    for variant in &fields.variants {
        if !skus.insert(&variant.sku) {
            return Err(ProductError::DuplicateSku(variant.sku.clone()));
        }
        let chosen = |option: &ProductOption| {
            variant.options.get(&option.name).is_some_and(|v| option.values.contains(v))
        };
        let complete = variant.options.len() == fields.options.len() && fields.options.iter().all(chosen);
        if !complete || !choices.insert(&variant.options) {
            return Err(ProductError::Options(variant.sku.clone()));
        }
        if variant.price.amount() < 0 || Some(variant.price.currency()) != currency {
            return Err(ProductError::Price(variant.sku.clone()));
        }
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(sku: &str, length: &str, amount: i64) -> Variant {
        Variant {
            sku: Sku::parse(sku).unwrap(),
            title: length.into(),
            options: BTreeMap::from([("Length".into(), length.into())]),
            price: Money::new(amount, Currency::Gbp),
        }
    }

    fn hook() -> ProductFields {
        ProductFields {
            id: ProductId::generate(),
            slug: Slug::parse("gate-hook").unwrap(),
            title: "Gate hook".into(),
            description: String::new(),
            brand: "Calder".into(),
            categories: vec![Category { slug: Slug::parse("garden").unwrap(), title: "Garden".into() }],
            images: vec![],
            options: vec![ProductOption {
                name: "Length".into(),
                values: vec!["100 mm".into(), "200 mm".into()],
            }],
            variants: vec![variant("HOOK-100", "100 mm", 450), variant("HOOK-200", "200 mm", 399)],
        }
    }

    #[test]
    fn a_product_is_listed_at_its_lowest_price() {
        let product = Product::new(hook()).unwrap();
        assert_eq!(product.price_from(), Money::new(399, Currency::Gbp));
        assert!(product.variant(&Sku::parse("HOOK-100").unwrap()).is_some());
    }

    #[test]
    fn what_contradicts_itself_is_no_product() {
        let with = |change: fn(&mut ProductFields)| {
            let mut fields = hook();
            change(&mut fields);
            Product::new(fields).unwrap_err()
        };
        let sku = |text| Sku::parse(text).unwrap();
        assert_eq!(with(|f| f.title.clear()), ProductError::Title);
        assert_eq!(with(|f| f.title = "x".repeat(Product::MAX_TITLE + 1)), ProductError::Title);
        let long = |f: &mut ProductFields| f.description = "x".repeat(Product::MAX_DESCRIPTION + 1);
        assert_eq!(with(long), ProductError::Description);
        assert_eq!(with(|f| f.categories.push(f.categories[0].clone())), ProductError::Categories);
        assert_eq!(with(|f| f.categories.clear()), ProductError::Categories);
        assert_eq!(with(|f| f.variants.clear()), ProductError::VariantCount);
        assert_eq!(
            with(|f| f.variants[1].sku = f.variants[0].sku.clone()),
            ProductError::DuplicateSku(sku("HOOK-100"))
        );
        assert_eq!(
            with(|f| f.variants[1].options = f.variants[0].options.clone()),
            ProductError::Options(sku("HOOK-200"))
        );
        assert_eq!(with(|f| f.options.clear()), ProductError::Options(sku("HOOK-100")));
        assert_eq!(
            with(|f| f.variants[1].price = Money::new(1, Currency::Eur)),
            ProductError::Price(sku("HOOK-200"))
        );
        assert_eq!(
            with(|f| f.variants[0].price = Money::new(-1, Currency::Gbp)),
            ProductError::Price(sku("HOOK-100"))
        );
    }

    #[test]
    fn slugs_are_lower_case_words() {
        assert_eq!(Slug::from_title("  Claw Hammer, 16 oz! ").unwrap().as_str(), "claw-hammer-16-oz");
        assert!(Slug::from_title("!!!").is_err());
        let too_long = "a".repeat(Slug::MAX_LENGTH + 1);
        assert_eq!(Slug::from_title(&too_long).unwrap().as_str().len(), Slug::MAX_LENGTH);
        for bad in ["", "-a", "a--b", "A", "a b", &too_long] {
            assert_eq!(Slug::parse(bad), Err(SlugError), "{bad}");
        }
    }
}
