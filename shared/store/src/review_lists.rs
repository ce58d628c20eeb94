//! Lists of reviews: a product's, a customer's, and those that staff look through.

use domain::{CustomerId, OrderStatus, ProductId, Rating, Review, ReviewId, ReviewStatus};
use serde::{Deserialize, Serialize};

use crate::buyers::OrdersOf;
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::reviews::{ReviewOutcome, ReviewPointer};
use crate::{Database, Table};

/// The index of reviews by rating.
const INDEX: &str = "gsi1";
/// How many orders are looked at at once for what a customer has bought.
pub const ORDERS_AT_ONCE: i32 = 50;
/// How often forgetting a review's author is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;

/// In which order reviews are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReviewSort {
    /// The newest first.
    #[default]
    Newest,
    /// The highest rating first, of equal ones the newest.
    Highest,
    /// The lowest rating first, of equal ones the oldest.
    Lowest,
}

/// A place in a list of a product's reviews: behind this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPosition {
    /// The review.
    pub id: ReviewId,
    /// Its rating.
    pub rating: Rating,
}

/// A place in the list that staff look through: behind this review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModerationPosition {
    /// Its status.
    pub status: ReviewStatus,
    /// The review; none where the list of that status begins.
    pub id: Option<ReviewId>,
}

impl Database {
    /// A page of what everybody sees of a product's reviews, and where the next one begins.
    pub async fn review_page(
        &self,
        product: ProductId,
        sort: ReviewSort,
        after: Option<&ReviewPosition>,
        limit: i32,
    ) -> Result<(Vec<Review>, Option<ReviewPosition>), StoreError> {
        let by_rating = sort != ReviewSort::Newest;
        let start = after.map(|position| {
            let mut start = keys::review_entry(product, position.id).into_item();
            if by_rating {
                start.insert("gsi1pk".into(), item::text(keys::reviews_of(product)));
                start.insert("gsi1sk".into(), item::text(keys::review_rank(position.rating, position.id)));
            }
            start
        });
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .set_index_name(by_rating.then(|| INDEX.to_owned()))
            .key_condition_expression(if by_rating { "gsi1pk = :product" } else { "pk = :product" })
            .expression_attribute_values(":product", item::text(keys::reviews_of(product)))
            .scan_index_forward(sort == ReviewSort::Lowest)
            .set_exclusive_start_key(start)
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        let reviews: Vec<Review> = answer.items().iter().map(item::data).collect::<Result<_, _>>()?;
        let position = |last: &Review| ReviewPosition { id: last.id, rating: last.rating };
        let next = answer.last_evaluated_key.and(reviews.last().map(position));
        Ok((reviews, next))
    }

    /// A page of the reviews with these statuses, one status after the other, the newest first, and where the next page
    /// begins.
    pub async fn reviews_with(
        &self,
        statuses: &[ReviewStatus],
        after: Option<&ModerationPosition>,
        limit: i32,
    ) -> Result<(Vec<Versioned<Review>>, Option<ModerationPosition>), StoreError> {
        let begun = after.and_then(|position| statuses.iter().position(|status| *status == position.status));
        let mut reviews: Vec<Versioned<Review>> = Vec::new();
        let mut start = after.and_then(|position| position.id);
        for status in statuses.iter().skip(begun.unwrap_or_default()) {
            let left = limit - i32::try_from(reviews.len()).unwrap_or(limit);
            if left <= 0 {
                return Ok((reviews, Some(ModerationPosition { status: *status, id: None })));
            }
            let (page, next) = self.status_page(*status, start.take(), left).await?;
            reviews.extend(page);
            if let Some(id) = next {
                return Ok((reviews, Some(ModerationPosition { status: *status, id: Some(id) })));
            }
        }
        Ok((reviews, None))
    }

    async fn status_page(
        &self,
        status: ReviewStatus,
        after: Option<ReviewId>,
        limit: i32,
    ) -> Result<(Vec<Versioned<Review>>, Option<ReviewId>), StoreError> {
        let these = Partition::of_first(Table::Catalog, keys::reviews_with(status)).backwards();
        let after = after.map(|id| (keys::review(id), id));
        let (reviews, more) = self.page_of(&these, after, limit, item::versioned::<Review>).await?;
        let next = reviews.last().filter(|_| more).map(|last| last.value.id);
        Ok((reviews, next))
    }

    /// All that a customer has written, as of now, by the reviewed products' ids.
    pub async fn reviews_of(&self, customer: &CustomerId) -> Result<Vec<Versioned<Review>>, StoreError> {
        let mut pointers = self
            .client
            .query()
            .table_name(self.table(Table::Customers)?)
            .key_condition_expression("pk = :customer AND begins_with(sk, :review)")
            .expression_attribute_values(":customer", item::text(keys::customer_partition(customer)))
            .expression_attribute_values(":review", item::text(keys::REVIEW_PREFIX))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut reviews = Vec::new();
        while let Some(found) = pointers.next().await {
            let found: Item = found.map_err(StoreError::sdk("Query"))?;
            let pointer: ReviewPointer = item::data(&found)?;
            reviews.extend(self.review(pointer.review_id).await?);
        }
        Ok(reviews)
    }

    /// Forgets that a customer wrote what they wrote. It does not matter how often.
    pub async fn forget_reviews_of(&self, customer: &CustomerId) -> Result<(), StoreError> {
        for _ in 0..MAX_TRIES {
            let mut left = false;
            for review in self.reviews_of(customer).await? {
                left |= self.forget_author(&review).await? != ReviewOutcome::Written;
            }
            if !left {
                return Ok(());
            }
        }
        Err(StoreError::Contended)
    }

    /// Whether a customer has an order of this product whose status `counts`. One that was placed within the last second
    /// may be overlooked.
    pub async fn has_bought(
        &self,
        customer: &CustomerId,
        product: ProductId,
        counts: impl Fn(OrderStatus) -> bool,
    ) -> Result<bool, StoreError> {
        let mut after = None;
        loop {
            let list = self.orders_of(OrdersOf::Customer(customer), after, ORDERS_AT_ONCE).await?;
            let holds = |order: &Versioned<domain::Order>| {
                counts(order.value.status())
                    && order.value.lines().iter().any(|line| line.product_id == product)
            };
            if list.orders.iter().any(holds) {
                return Ok(true);
            }
            if list.next.is_none() {
                return Ok(false);
            }
            after = list.next;
        }
    }
}
