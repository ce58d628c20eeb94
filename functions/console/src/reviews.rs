//! What the routes for reviews share.

use domain::review::ReviewTitle;
use domain::{Rating, Review, ReviewId, ReviewStatus};
use jiff::Timestamp;
use serde::Serialize;
use store::Versioned;
use utoipa::ToSchema;
use web::Problem;

/// Who sees a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReviewStatusDto {
    /// Everybody.
    Published,
    /// Its author and staff, until somebody has looked at it.
    Pending,
    /// Its author and staff: it breaks a rule.
    Hidden,
}

impl From<ReviewStatus> for ReviewStatusDto {
    fn from(status: ReviewStatus) -> Self {
        match status {
            ReviewStatus::Published => Self::Published,
            ReviewStatus::Pending => Self::Pending,
            ReviewStatus::Hidden => Self::Hidden,
        }
    }
}

/// A review, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleReview {
    /// The review's id.
    #[schema(value_type = String, example = "rev_01JD0000000000000000000000")]
    id: ReviewId,
    /// The product's id.
    #[schema(value_type = String, example = "prd_01JD0000000000000000000000")]
    product_id: domain::ProductId,
    /// The product's name when the review was written.
    product_title: String,
    /// The product's address when the review was written: it leads to the product for good.
    #[schema(value_type = String)]
    product_slug: domain::Slug,
    /// Its author's id; null where nobody is known to have written it.
    #[schema(value_type = Option<String>)]
    customer_id: Option<domain::CustomerId>,
    /// What its author's name is shown as.
    #[schema(example = "Ada L.")]
    author: String,
    /// 1 to 5.
    #[schema(value_type = i32, minimum = 1, maximum = 5)]
    rating: Rating,
    /// The review in a line.
    #[schema(value_type = String)]
    title: ReviewTitle,
    /// What they have to say.
    #[schema(value_type = String)]
    body: domain::review::ReviewBody,
    /// Who sees it.
    status: ReviewStatusDto,
    /// Whether its author bought the product here.
    verified_purchase: bool,
    /// What staff noted about it.
    note: Option<String>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When its author last changed it.
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
    /// The number of its latest change.
    version: u64,
}

impl From<Versioned<Review>> for ConsoleReview {
    fn from(Versioned { value: review, version }: Versioned<Review>) -> Self {
        Self {
            id: review.id,
            product_id: review.product.id,
            product_title: review.product.title,
            product_slug: review.product.slug,
            customer_id: review.author_id,
            author: review.author,
            rating: review.rating,
            title: review.title,
            body: review.body,
            status: review.status.into(),
            verified_purchase: review.verified_purchase,
            note: review.note,
            created_at: review.created_at,
            edited_at: review.edited_at,
            version,
        }
    }
}

/// Reads a review's id.
pub(crate) fn id(text: &str) -> Result<ReviewId, Problem> {
    ReviewId::parse(text).map_err(|error| Problem::bad_parameter("/path/id", error))
}
