//! What all answers share.

use domain::Money;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyDto {
    /// Integer minor units of the currency: 1899 is 18.99 GBP.
    #[schema(example = 1899)]
    pub amount: i64,
    /// Alphabetic code of ISO 4217.
    #[schema(example = "GBP")]
    pub currency: String,
}

impl From<Money> for MoneyDto {
    fn from(money: Money) -> Self {
        Self { amount: money.amount(), currency: money.currency().code().to_owned() }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Image)]
pub struct ImageDto {
    /// Path below the site's address.
    #[schema(example = "/media/products/claw-hammer.webp")]
    pub url: String,
    /// What the picture shows.
    pub alt: String,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
    /// The same picture in other widths, the narrowest first.
    pub renditions: Vec<RenditionDto>,
}

/// A picture in one of its widths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Rendition)]
pub struct RenditionDto {
    /// Its width in pixels.
    pub width: u32,
    /// Path below the site's address.
    pub url: String,
}

impl From<domain::product::Image> for ImageDto {
    fn from(image: domain::product::Image) -> Self {
        let renditions = image.renditions.into_iter();
        Self {
            url: image.url,
            alt: image.alt,
            width: image.width,
            height: image.height,
            renditions: renditions.map(|r| RenditionDto { width: r.width, url: r.url }).collect(),
        }
    }
}

/// Who makes a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Brand)]
pub struct BrandDto {
    /// The brand's address.
    #[schema(example = "hallamgate")]
    pub slug: String,
    /// The brand's name.
    #[schema(example = "Hallamgate")]
    pub title: String,
}

impl From<domain::Brand> for BrandDto {
    fn from(brand: domain::Brand) -> Self {
        Self { slug: brand.slug.into(), title: brand.title }
    }
}

/// A category that a product stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CategoryRef)]
pub struct CategoryRefDto {
    /// The category's address.
    #[schema(example = "hand-tools")]
    pub slug: String,
    /// The category's name.
    #[schema(example = "Hand tools")]
    pub title: String,
}

impl From<domain::product::Category> for CategoryRefDto {
    fn from(category: domain::product::Category) -> Self {
        Self { slug: category.slug.into(), title: category.title }
    }
}

/// What buyers think of a product.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Rating)]
pub struct RatingDto {
    /// The mean of all ratings from 1 to 5, to two decimals.
    #[schema(example = 4.25)]
    pub average: f64,
    /// How many ratings there are; at least one.
    pub count: u64,
}

impl RatingDto {
    /// What so many ratings with this sum come to; nothing where there are none.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "hundredths of a mean from 1 to 5 are exact")]
    pub fn of(sum: u64, count: u64) -> Option<Self> {
        let hundredths = (sum * 100 + count / 2).checked_div(count)?;
        Some(Self { average: hundredths as f64 / 100.0, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_has_two_decimals_and_needs_a_rating() {
        assert_eq!(RatingDto::of(0, 0), None);
        assert_eq!(RatingDto::of(5, 1), Some(RatingDto { average: 5.0, count: 1 }));
        assert_eq!(RatingDto::of(14, 3), Some(RatingDto { average: 4.67, count: 3 }));
    }
}
