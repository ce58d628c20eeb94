//! The rules that a product keeps.

use std::collections::BTreeSet;

use thiserror::Error;

use super::{Image, Product, ProductFields, ProductOption, Seo, Variant};
use crate::money::{Currency, Money};
use crate::sku::Sku;

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
    /// There are more than [`Product::MAX_IMAGES`] pictures, or one comes twice.
    #[error("a product has at most {max} different pictures", max = Product::MAX_IMAGES)]
    Images,
    /// A picture does not say what it shows.
    #[error("every picture says what it shows, in 1 to {max} characters", max = Image::MAX_ALT)]
    Alt,
    /// The title for search engines is empty or longer than [`Seo::MAX_TITLE`].
    #[error("the title for search engines must have 1 to {max} characters", max = Seo::MAX_TITLE)]
    SeoTitle,
    /// The description for search engines is empty or longer than [`Seo::MAX_DESCRIPTION`].
    #[error("the description for search engines must have 1 to {max} characters", max = Seo::MAX_DESCRIPTION)]
    SeoDescription,
    /// There are more than [`Product::MAX_OPTIONS`] options, one has no name or comes twice, or has no values or the
    /// same twice, or more than [`ProductOption::MAX_LENGTH`] characters.
    #[error(
        "a product has at most {max} options, each with a name of its own and different values of at most {length} characters",
        max = Product::MAX_OPTIONS, length = ProductOption::MAX_LENGTH
    )]
    OptionNames,
    /// The number of variants is not from one to [`Product::MAX_VARIANTS`].
    #[error("a product has 1 to {max} variants", max = Product::MAX_VARIANTS)]
    VariantCount,
    /// A variant's title is longer than [`Product::MAX_TITLE`].
    #[error("the title of the variant {0} must have at most {max} characters", max = Product::MAX_TITLE)]
    VariantTitle(Sku),
    /// A SKU comes twice.
    #[error("the SKU {0} comes twice")]
    DuplicateSku(Sku),
    /// A variant does not choose exactly one known value for each option, or two choose the same.
    #[error("the variant {0} must choose one of the values of every option, unlike its siblings")]
    Options(Sku),
    /// A price is out of range, or in another currency than the first variant's.
    #[error("the price of {0} must be from 0 to {max} minor units, and in the currency of its siblings", max = Product::MAX_PRICE)]
    Price(Sku),
    /// A price to compare with is not above the price, or in another currency.
    #[error("the price to compare with of {0} must be above its price, in the same currency")]
    CompareAtPrice(Sku),
}

/// A rule that is broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFault {
    /// Where: a JSON pointer into the fields, such as `/variants/2/price`.
    pub pointer: String,
    /// Which rule.
    pub error: ProductError,
}

impl ProductFields {
    /// All rules that these fields break.
    #[must_use]
    pub fn faults(&self) -> Vec<ProductFault> {
        let mut faults = Vec::new();
        let mut check = |good: bool, pointer: &str, error: ProductError| {
            if !good {
                faults.push(ProductFault { pointer: pointer.to_owned(), error });
            }
        };
        check(has_characters(&self.title, Product::MAX_TITLE), "/title", ProductError::Title);
        let description = self.description.chars().count() <= Product::MAX_DESCRIPTION;
        check(description, "/description", ProductError::Description);
        let categories: BTreeSet<_> = self.categories.iter().map(|c| &c.slug).collect();
        let different = categories.len() == self.categories.len();
        let categories = different && (1..=Product::MAX_CATEGORIES).contains(&categories.len());
        check(categories, "/categories", ProductError::Categories);
        let given = |text: &Option<String>, max| text.as_ref().is_none_or(|text| has_characters(text, max));
        check(given(&self.seo.title, Seo::MAX_TITLE), "/seo/title", ProductError::SeoTitle);
        let description = given(&self.seo.description, Seo::MAX_DESCRIPTION);
        check(description, "/seo/description", ProductError::SeoDescription);
        let images: BTreeSet<_> = self.images.iter().map(Image::key).collect();
        let images = images.len() == self.images.len() && images.len() <= Product::MAX_IMAGES;
        check(images, "/images", ProductError::Images);
        for (n, image) in self.images.iter().enumerate() {
            let alt = has_characters(&image.alt, Image::MAX_ALT);
            check(alt, &format!("/images/{n}/alt"), ProductError::Alt);
        }
        check(options_differ(&self.options), "/options", ProductError::OptionNames);
        let variants = (1..=Product::MAX_VARIANTS).contains(&self.variants.len());
        check(variants, "/variants", ProductError::VariantCount);
        self.check_variants(&mut check);
        faults
    }

    fn check_variants(&self, check: &mut impl FnMut(bool, &str, ProductError)) {
        let mut skus = BTreeSet::new();
        let mut choices = BTreeSet::new();
        let currency = self.variants.first().map(|variant| variant.price.currency());
        for (n, variant) in self.variants.iter().enumerate() {
            let at = |field: &str| format!("/variants/{n}/{field}");
            let sku = || variant.sku.clone();
            check(skus.insert(&variant.sku), &at("sku"), ProductError::DuplicateSku(sku()));
            let title = variant.title.chars().count() <= Product::MAX_TITLE;
            check(title, &at("title"), ProductError::VariantTitle(sku()));
            let chosen = self.chooses(variant) && choices.insert(&variant.options);
            check(chosen, &at("options"), ProductError::Options(sku()));
            let price = (0..=Product::MAX_PRICE).contains(&variant.price.amount())
                && Some(variant.price.currency()) == currency;
            check(price, &at("price"), ProductError::Price(sku()));
            let above = |compared: Money| {
                compared.currency() == variant.price.currency()
                    && (variant.price.amount() + 1..=Product::MAX_PRICE).contains(&compared.amount())
            };
            let compared = variant.compare_at_price.is_none_or(above);
            check(compared, &at("compareAtPrice"), ProductError::CompareAtPrice(sku()));
        }
    }

    /// Whether a variant chooses exactly one known value for each option.
    fn chooses(&self, variant: &Variant) -> bool {
        let chosen = |option: &ProductOption| {
            variant.options.get(&option.name).is_some_and(|v| option.values.contains(v))
        };
        variant.options.len() == self.options.len() && self.options.iter().all(chosen)
    }
}

fn has_characters(text: &str, max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= max
}

fn options_differ(options: &[ProductOption]) -> bool {
    let names: BTreeSet<_> = options.iter().map(|option| &option.name).collect();
    let good = |option: &ProductOption| {
        let values: BTreeSet<_> = option.values.iter().collect();
        let texts = values.iter().copied().chain([&option.name]);
        !values.is_empty()
            && values.len() == option.values.len()
            && texts.clone().all(|text| has_characters(text, ProductOption::MAX_LENGTH))
    };
    names.len() == options.len() && options.len() <= Product::MAX_OPTIONS && options.iter().all(good)
}

impl Product {
    /// Checks the rules that no single field can break alone; the first that is broken says why there is no product.
    pub fn new(fields: ProductFields) -> Result<Self, ProductError> {
        match fields.faults().into_iter().next() {
            Some(fault) => Err(fault.error),
            None => Ok(Self(fields)),
        }
    }

    /// The variant at which the product is listed: the cheapest, the first of equally cheap ones.
    #[must_use]
    pub fn cheapest(&self) -> Option<&Variant> {
        self.0.variants.iter().min_by_key(|variant| variant.price.amount())
    }

    /// The lowest price of a variant.
    #[must_use]
    pub fn price_from(&self) -> Money {
        self.cheapest().map_or(Money::zero(Currency::Gbp), |variant| variant.price)
    }
}
