//! What buyers of the demo shop say.

use std::collections::BTreeMap;
use std::fmt;

use domain::review::{ReviewBody, ReviewTitle, Reviewed};
use domain::{Rating, Review, ReviewStatus, Slug};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::reviews::ReviewOutcome;
use store::{Database, StoreError};
use thiserror::Error;

use super::catalogue::SeedProduct;
use crate::identity;

const FILE: &str = include_str!("../../seed/reviews.toml");

/// Why the file makes no reviews.
#[derive(Debug, Error)]
pub enum ReviewsError {
    /// It is no TOML of the expected form.
    #[error("reviews.toml: {0}")]
    Form(#[from] toml::de::Error),
    /// A review is of a product that the catalogue does not have.
    #[error("reviews.toml: there is no product {0}")]
    Product(Slug),
    /// A review's date cannot be.
    #[error("reviews.toml: {0}")]
    Date(#[from] jiff::Error),
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewing {
    written: usize,
    present: usize,
}

impl fmt::Display for Reviewing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reviews: {} new, {} there already", self.written, self.present)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reviews: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    product: Slug,
    date: toml::value::Datetime,
    author: String,
    rating: Rating,
    title: ReviewTitle,
    body: ReviewBody,
}

/// Reads the reviews that come with the program, of these products.
pub fn load(products: &[SeedProduct]) -> Result<Vec<Review>, ReviewsError> {
    let known: BTreeMap<_, _> = products
        .iter()
        .map(|product| product.product.fields())
        .map(|fields| {
            (&fields.slug, Reviewed { id: fields.id, title: fields.title.clone(), slug: fields.slug.clone() })
        })
        .collect();
    let file: File = toml::from_str(FILE)?;
    let review = |entry: Entry| {
        let product = known.get(&entry.product).cloned().ok_or(ReviewsError::Product(entry.product))?;
        let day: Date = entry.date.to_string().parse()?;
        let created_at = day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp();
        Ok(Review {
            id: identity::review_id(created_at, &format!("{}/{}", product.slug, entry.author)),
            product,
            author_id: None,
            author: entry.author,
            rating: entry.rating,
            title: entry.title,
            body: entry.body,
            status: ReviewStatus::Published,
            verified_purchase: false,
            created_at,
            edited_at: None,
            note: None,
            was_hidden: false,
        })
    };
    file.reviews.into_iter().map(review).collect()
}

/// Writes the reviews that are not there already.
pub async fn write(database: &Database, reviews: &[Review]) -> Result<Reviewing, StoreError> {
    let mut done = Reviewing::default();
    for review in reviews {
        match database.create_review(review).await? {
            ReviewOutcome::Written => done.written += 1,
            ReviewOutcome::Outdated => done.present += 1,
            ReviewOutcome::NoProduct => {
                let reason = format!("review {}: there is no product {}", review.id, review.product.slug);
                return Err(StoreError::Unwritable(reason));
            }
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Currency;

    use super::*;
    use crate::seed::catalogue;

    #[test]
    fn reviews_are_of_known_products_and_none_comes_twice() {
        let reviews = load(&catalogue::load(Currency::Gbp).unwrap()).unwrap();
        let distinct = |of: fn(&Review) -> String| reviews.iter().map(of).collect::<BTreeSet<_>>().len();
        assert!(reviews.len() >= 25);
        assert_eq!(distinct(|review| review.id.to_string()), reviews.len());
        assert_eq!(distinct(|review| review.title.to_string()), reviews.len());
        assert!(distinct(|review| review.product.slug.to_string()) >= 12);
        assert_eq!(distinct(|review| review.rating.get().to_string()), 3);
    }

    #[test]
    fn nobody_is_said_to_have_bought_what_nobody_bought() {
        for review in load(&catalogue::load(Currency::Gbp).unwrap()).unwrap() {
            assert!(!review.verified_purchase && review.author_id.is_none(), "{}", review.title);
        }
    }

    #[test]
    fn reviews_sort_by_their_day() {
        let mut reviews = load(&catalogue::load(Currency::Gbp).unwrap()).unwrap();
        reviews.sort_by_key(|review| review.id);
        assert!(reviews.is_sorted_by_key(|review| review.created_at));
    }
}
