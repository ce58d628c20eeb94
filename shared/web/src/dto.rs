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
}

impl From<domain::product::Image> for ImageDto {
    fn from(image: domain::product::Image) -> Self {
        Self { url: image.url, alt: image.alt }
    }
}
