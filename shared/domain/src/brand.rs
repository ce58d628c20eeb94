//! Brands: who makes a product.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::product::{Slug, SlugError};

/// Why text makes no brand.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BrandError {
    /// The name is empty or longer than [`Brand::MAX_TITLE`].
    #[error("must have 1 to {max} characters", max = Brand::MAX_TITLE)]
    Title,
    /// The name makes no address.
    #[error("makes no address: {0}")]
    Slug(#[from] SlugError),
}

/// Who makes a product.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Brand {
    /// The brand's address, which stays the same when its name changes.
    pub slug: Slug,
    /// The brand's name.
    pub title: String,
}

impl Brand {
    /// The most characters of a name.
    pub const MAX_TITLE: usize = 100;

    /// A brand with this address and name; white space around the name goes.
    pub fn new(slug: Slug, title: &str) -> Result<Self, BrandError> {
        let title = title.trim();
        if !(1..=Self::MAX_TITLE).contains(&title.chars().count()) {
            return Err(BrandError::Title);
        }
        Ok(Self { slug, title: title.to_owned() })
    }

    /// A brand with this name, and an address made of it.
    pub fn named(title: &str) -> Result<Self, BrandError> {
        Self::new(Slug::from_title(title)?, title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_has_a_short_name_and_an_address() {
        let brand = Brand::named(" Ember & Ash ").unwrap();
        assert_eq!((brand.slug.as_str(), brand.title.as_str()), ("ember-ash", "Ember & Ash"));
        assert_eq!(Brand::named("&"), Err(BrandError::Slug(SlugError)));
        assert!(Brand::named(&"x".repeat(Brand::MAX_TITLE)).is_ok());
        let slug = Slug::parse("x").unwrap();
        for bad in ["", " ", &"x".repeat(Brand::MAX_TITLE + 1)] {
            assert_eq!(Brand::new(slug.clone(), bad), Err(BrandError::Title), "{bad}");
        }
    }
}
