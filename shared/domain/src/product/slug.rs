//! The readable part of a page's address.

use serde::{Deserialize, Serialize};
use thiserror::Error;

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

#[cfg(test)]
mod tests {
    use super::*;

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
