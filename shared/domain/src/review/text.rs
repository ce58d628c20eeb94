//! What an author writes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::text_newtype;

/// A number that is no rating.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be a whole number from {min} to {max}", min = Rating::MIN, max = Rating::MAX)]
pub struct RatingError;

/// How much somebody likes a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Rating(u8);

impl Rating {
    /// The lowest rating.
    pub const MIN: u8 = 1;
    /// The highest rating.
    pub const MAX: u8 = 5;

    /// Checks a rating that came from outside.
    pub fn parse(number: i64) -> Result<Self, RatingError> {
        let good = |number: &u8| (Self::MIN..=Self::MAX).contains(number);
        u8::try_from(number).ok().filter(good).map(Self).ok_or(RatingError)
    }

    /// All ratings, the lowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (Self::MIN..=Self::MAX).map(Self)
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Rating {
    type Error = RatingError;

    fn try_from(number: i64) -> Result<Self, RatingError> {
        Self::parse(number)
    }
}

impl From<Rating> for i64 {
    fn from(rating: Rating) -> i64 {
        i64::from(rating.0)
    }
}

/// Text that is no title of a review.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be one line of 1 to {max} characters", max = ReviewTitle::MAX_LENGTH)]
pub struct ReviewTitleError;

/// A review in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewTitle(String);

impl ReviewTitle {
    /// The most characters of a title.
    pub const MAX_LENGTH: usize = 120;

    /// Checks a title that came from outside; spaces around it are dropped.
    pub fn parse(text: &str) -> Result<Self, ReviewTitleError> {
        let text = text.trim();
        let good = (1..=Self::MAX_LENGTH).contains(&text.chars().count()) && !text.contains(char::is_control);
        if good { Ok(Self(text.to_owned())) } else { Err(ReviewTitleError) }
    }
}

text_newtype!(ReviewTitle, ReviewTitleError);

/// Text that is no body of a review.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be plain text of at most {max} characters", max = ReviewBody::MAX_LENGTH)]
pub struct ReviewBodyError;

/// What somebody has to say, as plain text; it may be nothing beside the title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReviewBody(String);

impl ReviewBody {
    /// The most characters of a body.
    pub const MAX_LENGTH: usize = 5_000;

    /// Checks a body that came from outside; spaces around it are dropped, and lines end as on Unix.
    pub fn parse(text: &str) -> Result<Self, ReviewBodyError> {
        let text = text.trim().replace("\r\n", "\n");
        let plain = |c: char| !c.is_control() || c == '\n' || c == '\t';
        let good = text.chars().count() <= Self::MAX_LENGTH && text.chars().all(plain);
        if good { Ok(Self(text)) } else { Err(ReviewBodyError) }
    }
}

text_newtype!(ReviewBody, ReviewBodyError);

/// What an author writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewText {
    /// How much they like the product.
    pub rating: Rating,
    /// The review in a line.
    pub title: ReviewTitle,
    /// What they have to say.
    pub body: ReviewBody,
}

impl ReviewText {
    /// Whether the text holds what may be the address of a page or a mailbox.
    #[must_use]
    pub fn holds_address(&self) -> bool {
        [self.title.as_str(), self.body.as_str()]
            .iter()
            .flat_map(|text| text.split(|c: char| c.is_whitespace() || "()[]<>{}\"',;|".contains(c)))
            .any(|word| is_address(&word.to_lowercase()))
    }
}

/// The endings of names that advertisers like. A sentence that goes on without a space after its full stop has others.
const ENDINGS: [&str; 26] = [
    "app", "biz", "cc", "club", "co", "com", "de", "dev", "eu", "fr", "info", "io", "link", "live", "ly",
    "me", "net", "online", "org", "ru", "shop", "site", "store", "top", "uk", "xyz",
];

fn is_address(word: &str) -> bool {
    if word.contains("://") || word.starts_with("www.") {
        return true;
    }
    if let Some((name, place)) = word.split_once('@') {
        return !name.is_empty() && place.trim_end_matches('.').contains('.');
    }
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches(['.', '!']);
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    match host.rsplit_once('.') {
        Some((before, ending)) => ENDINGS.contains(&ending) && before.split('.').all(label),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds_address(body: &str) -> bool {
        let title = ReviewTitle::parse("Good").unwrap();
        let body = ReviewBody::parse(body).unwrap();
        ReviewText { rating: Rating::parse(4).unwrap(), title, body }.holds_address()
    }

    #[test]
    fn a_rating_is_one_to_five() {
        assert_eq!(Rating::all().map(Rating::get).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        for bad in [0, 6, -1, 256 + 3, i64::MAX] {
            assert_eq!(Rating::parse(bad), Err(RatingError), "{bad}");
        }
    }

    #[test]
    fn texts_have_limits() {
        assert_eq!(ReviewTitle::parse("  Holds well ").unwrap().as_str(), "Holds well");
        assert!(ReviewTitle::parse(&"x".repeat(ReviewTitle::MAX_LENGTH)).is_ok());
        for bad in ["", " \n ", "two\nlines", &"x".repeat(ReviewTitle::MAX_LENGTH + 1)] {
            assert!(ReviewTitle::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(ReviewBody::parse(" one\r\ntwo ").unwrap().as_str(), "one\ntwo");
        assert!(ReviewBody::parse(&"x".repeat(ReviewBody::MAX_LENGTH)).is_ok());
        for bad in ["a\0b", "\u{1b}[31m", &"x".repeat(ReviewBody::MAX_LENGTH + 1)] {
            assert!(ReviewBody::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn addresses_of_pages_and_mailboxes_are_found() {
        for held in [
            "see https://example.org/x",
            "cheaper at www.example.org",
            "go to example.com!",
            "Example.CO.UK/offers has it",
            "write to ada@example.org.",
            "(bit.ly/abc)",
        ] {
            assert!(holds_address(held), "{held}");
        }
        for fine in [
            "Good.Very good.",
            "It costs 4.50, 16 oz. in all",
            "meet me @ home",
            "A4/A5 fits; no. 8 too",
            "e.g. in the garden...",
        ] {
            assert!(!holds_address(fine), "{fine}");
        }
    }
}
