//! Stock keeping units.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::text_newtype;

/// Text that is no SKU.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be 1 to {max} letters, digits, `.`, `_` or `-`, beginning with a letter or digit", max = Sku::MAX_LENGTH)]
pub struct SkuError;

/// A stock keeping unit: the code of one sellable variant. Upper and lower case differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(String);

impl Sku {
    /// The most characters that a SKU may have.
    pub const MAX_LENGTH: usize = 64;

    /// Checks a SKU that came from outside.
    pub fn parse(text: &str) -> Result<Self, SkuError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if begins_well && text.len() <= Self::MAX_LENGTH && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SkuError)
        }
    }
}

text_newtype!(Sku, SkuError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sku_is_short_plain_text() {
        let longest = "A".repeat(Sku::MAX_LENGTH);
        for good in ["85123A", "gift_0001_20", "HAM-16.OZ", &longest] {
            assert_eq!(Sku::parse(good).unwrap().as_str(), good);
        }
        let too_long = "A".repeat(Sku::MAX_LENGTH + 1);
        for bad in ["", " A", "A/B", "A#B", "-A", "ä", &too_long] {
            assert_eq!(Sku::parse(bad), Err(SkuError), "{bad}");
        }
    }
}
