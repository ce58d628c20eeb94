//! Reviews, and the ratings that products have of them.
//!
//! The sum, the number and the histogram of a product's ratings are counters beside the product. Each change of a review
//! is one transaction with the change of the counters: it holds only if the review still is as it was read, and it adds
//! to the counters the difference between what was read and what is written, so that they are exact at any moment,
//! however many write at once. What everybody may see has an entry of its own, which exists while the review is
//! published.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{CustomerId, ProductId, Rating, Review, ReviewId};
use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::catalog::{RATING_COUNT, RATING_SUM};
use crate::error::StoreError;
use crate::item::{self, VERSION, Versioned};
use crate::keys::{self, Key};
use crate::schema::Stored;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};

/// The attributes beside a product that count its ratings of 1 to 5.
pub const RATING_HISTOGRAM: [&str; 5] = ["rating1", "rating2", "rating3", "rating4", "rating5"];

/// What came of writing a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewOutcome {
    /// It was written.
    Written,
    /// There is one already, somebody else changed or removed it since it was read, or its author has asked to be
    /// forgotten; nothing was written.
    Outdated,
    /// There is no such product; nothing was written.
    NoProduct,
}

/// What buyers think of a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RatingSummary {
    /// The sum of all ratings.
    pub sum: u64,
    /// How many there are.
    pub count: u64,
    /// How many there are of each, the lowest first.
    pub histogram: [u64; 5],
}

/// Who changes a review.
#[derive(Debug, Clone, Copy)]
pub enum ReviewBy<'a> {
    /// Its author, unless they have asked to be forgotten.
    Author(&'a CustomerId),
    /// Staff, which the audit trail tells.
    Staff(&'a AuditEntry),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReviewPointer {
    pub(crate) review_id: ReviewId,
}

impl Stored for ReviewPointer {}

impl Database {
    /// A review, as of now.
    pub async fn review(&self, id: ReviewId) -> Result<Option<Versioned<Review>>, StoreError> {
        let found = self.read(Table::Catalog, keys::review(id)).await?;
        found.as_ref().map(item::versioned).transpose()
    }

    /// What a customer says of a product, as of now.
    pub async fn review_by(
        &self,
        customer: &CustomerId,
        product: ProductId,
    ) -> Result<Option<Versioned<Review>>, StoreError> {
        let pointer = self.read(Table::Customers, keys::review_by(customer, product)).await?;
        match pointer.as_ref().map(item::data::<ReviewPointer>).transpose()? {
            Some(pointer) => self.review(pointer.review_id).await,
            None => Ok(None),
        }
    }

    async fn read(&self, table: Table, key: Key) -> Result<Option<item::Item>, StoreError> {
        let request = self.client.get_item().table_name(self.table(table)?).set_key(Some(key.into_item()));
        let found = request.consistent_read(true).send().await.map_err(StoreError::sdk("GetItem"))?;
        Ok(found.item)
    }

    /// What buyers think of a product, as of now; nothing where there is no such product.
    pub async fn rating_summary(&self, product: ProductId) -> Result<Option<RatingSummary>, StoreError> {
        let Some(found) = self.read(Table::Catalog, keys::product(product)).await? else { return Ok(None) };
        let number = |name: &str| found.get(name).map_or(Ok(0), |_| item::read_number(&found, name));
        let mut histogram = [0; 5];
        for (count, name) in histogram.iter_mut().zip(RATING_HISTOGRAM) {
            *count = number(name)?;
        }
        Ok(Some(RatingSummary { sum: number(RATING_SUM)?, count: number(RATING_COUNT)?, histogram }))
    }

    /// Stores a new review, unless its author has one of the product already.
    pub async fn create_review(&self, review: &Review) -> Result<ReviewOutcome, StoreError> {
        const ABSENT: Option<&str> = Some("attribute_not_exists(pk)");
        let mut transaction = self.transaction();
        let first = Versioned { value: review, version: 1 };
        transaction.put(Subject::Review, Table::Catalog, review_item(&first)?, ABSENT)?;
        if let Some(author) = &review.author_id {
            let pointer = ReviewPointer { review_id: review.id };
            let pointer = item::with_data(keys::review_by(author, review.product.id), &pointer, [])?;
            transaction.put(Subject::Review, Table::Customers, pointer, ABSENT)?;
            transaction.expect_author(author)?;
        }
        transaction.show_review(None, Some(review))?;
        outcome(transaction.commit().await)
    }

    /// Stores a changed review, if nobody else changed it since it was read as `before`.
    pub async fn update_review(
        &self,
        before: &Versioned<Review>,
        after: &Review,
        by: ReviewBy<'_>,
    ) -> Result<ReviewOutcome, StoreError> {
        let mut transaction = self.transaction();
        let next = Versioned { value: after, version: before.version + 1 };
        transaction.put_over(Subject::Review, Table::Catalog, review_item(&next)?, before.version)?;
        transaction.show_review(Some(&before.value), Some(after))?;
        match by {
            ReviewBy::Author(author) => transaction.expect_author(author)?,
            ReviewBy::Staff(entry) => drop(transaction.audit(entry)?),
        }
        outcome(transaction.commit().await)
    }

    /// Removes a review, if nobody changed it since it was read.
    pub async fn delete_review(&self, review: &Versioned<Review>) -> Result<ReviewOutcome, StoreError> {
        let Versioned { value, version } = review;
        let mut transaction = self.transaction();
        transaction.delete(Subject::Review, Table::Catalog, keys::review(value.id), *version)?;
        if let Some(author) = &value.author_id {
            transaction.remove(Table::Customers, keys::review_by(author, value.product.id))?;
        }
        transaction.show_review(Some(value), None)?;
        outcome(transaction.commit().await)
    }

    /// Forgets who wrote a review, if nobody changed it since it was read.
    pub(crate) async fn forget_author(
        &self,
        review: &Versioned<Review>,
    ) -> Result<ReviewOutcome, StoreError> {
        let mut forgotten = review.value.clone();
        forgotten.forget_author();
        let mut transaction = self.transaction();
        let next = Versioned { value: &forgotten, version: review.version + 1 };
        transaction.put_over(Subject::Review, Table::Catalog, review_item(&next)?, review.version)?;
        if let Some(author) = &review.value.author_id {
            transaction.remove(Table::Customers, keys::review_by(author, review.value.product.id))?;
        }
        transaction.show_review(Some(&review.value), Some(&forgotten))?;
        outcome(transaction.commit().await)
    }
}

impl Transaction<'_> {
    /// Asks that an author has not asked to be forgotten: what they write from then on would be overlooked.
    fn expect_author(&mut self, author: &CustomerId) -> Result<(), StoreError> {
        let stays = Change {
            update: "",
            condition: Some("attribute_exists(#data) AND attribute_not_exists(#data.#closingSince)"),
            names: &[item::DATA, "closingSince"],
            values: vec![],
        };
        self.check(Subject::Review, Table::Customers, keys::profile(author), stays)?;
        Ok(())
    }

    /// Brings what everybody sees of a review, and its product's counters, from `before` to `after`.
    fn show_review(&mut self, before: Option<&Review>, after: Option<&Review>) -> Result<(), StoreError> {
        let (old, new) = (before.and_then(Review::counted), after.and_then(Review::counted));
        match (after, before) {
            (Some(review), _) if new.is_some() => {
                self.put(Subject::Unconditional, Table::Catalog, entry_item(review)?, None)?;
            }
            (_, Some(review)) if old.is_some() => {
                self.remove(Table::Catalog, keys::review_entry(review.product.id, review.id))?;
            }
            _ => {}
        }
        match after.or(before) {
            Some(review) if old != new => self.count_rating(review.product.id, old, new),
            _ => Ok(()),
        }
    }

    fn count_rating(
        &mut self,
        product: ProductId,
        old: Option<Rating>,
        new: Option<Rating>,
    ) -> Result<(), StoreError> {
        let number = |rating: Option<Rating>| rating.map_or(0, |rating| i64::from(rating.get()));
        let one = |rating: Option<Rating>| i64::from(rating.is_some());
        let counter = |rating: Rating| RATING_HISTOGRAM.get(usize::from(rating.get() - Rating::MIN)).copied();
        let mut names = vec![RATING_SUM, RATING_COUNT];
        let mut update = format!("ADD #{RATING_SUM} :sum, #{RATING_COUNT} :count");
        let mut values = vec![
            (":sum", item::number(number(new) - number(old))),
            (":count", item::number(one(new) - one(old))),
        ];
        for (rating, value, difference) in [(old, ":less", -1), (new, ":more", 1)] {
            if let Some(name) = rating.and_then(counter) {
                names.push(name);
                update = format!("{update}, #{name} {value}");
                values.push((value, item::number(difference)));
            }
        }
        let change =
            Change { update: &update, condition: Some("attribute_exists(pk)"), names: &names, values };
        self.update(Subject::Product, Table::Catalog, keys::product(product), change)?;
        Ok(())
    }
}

fn outcome(committed: Result<(), CommitError>) -> Result<ReviewOutcome, StoreError> {
    match committed {
        Ok(()) => Ok(ReviewOutcome::Written),
        Err(refused) if refused.refused(&Subject::Product) => Ok(ReviewOutcome::NoProduct),
        Err(CommitError::Refused(_)) => Ok(ReviewOutcome::Outdated),
        Err(CommitError::Store(error)) => Err(error),
    }
}

fn review_item(review: &Versioned<&Review>) -> Result<item::Item, StoreError> {
    let more = [
        (VERSION, item::number(review.version)),
        ("gsi1pk", item::text(keys::reviews_with(review.value.status))),
        ("gsi1sk", item::text(review.value.id)),
    ];
    item::with_data(keys::review(review.value.id), review.value, more)
}

fn entry_item(review: &Review) -> Result<item::Item, StoreError> {
    let more: [(&str, AttributeValue); 2] = [
        ("gsi1pk", item::text(keys::reviews_of(review.product.id))),
        ("gsi1sk", item::text(keys::review_rank(review.rating, review.id))),
    ];
    item::with_data(keys::review_entry(review.product.id, review.id), review, more)
}
