//! What the routes for one's reviews share.

use domain::review::{Reviewed, is_purchase};
use domain::{CustomerId, ProductId, Review, ReviewId, ReviewStatus, Slug};
use jiff::Timestamp;
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use web::Problem;

/// Who sees a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum OwnReviewStatus {
    /// Everybody.
    Published,
    /// Its author, until somebody here has looked at it.
    Pending,
    /// Its author: it breaks a rule.
    Hidden,
}

/// A review of one's own.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnReview {
    /// The review's id.
    #[schema(value_type = String, example = "rev_01JD0000000000000000000000")]
    id: ReviewId,
    /// The product's id.
    #[schema(value_type = String, example = "prd_01JD0000000000000000000000")]
    product_id: ProductId,
    /// The product's name when the review was written.
    product_title: String,
    /// The product's address when the review was written: it leads to the product for good.
    #[schema(value_type = String)]
    product_slug: Slug,
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: u8,
    /// The review in a line.
    title: String,
    /// What one has to say.
    body: String,
    /// Who sees it.
    status: OwnReviewStatus,
    /// Whether one bought the product here.
    verified_purchase: bool,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
}

impl From<Review> for OwnReview {
    fn from(review: Review) -> Self {
        let status = match review.status {
            ReviewStatus::Published => OwnReviewStatus::Published,
            ReviewStatus::Pending => OwnReviewStatus::Pending,
            ReviewStatus::Hidden => OwnReviewStatus::Hidden,
        };
        Self {
            id: review.id,
            product_id: review.product.id,
            product_title: review.product.title,
            product_slug: review.product.slug,
            rating: review.rating.get(),
            title: review.title.into(),
            body: review.body.into(),
            status,
            verified_purchase: review.verified_purchase,
            created_at: review.created_at,
            edited_at: review.edited_at,
        }
    }
}

/// Reads a product's id.
pub(crate) fn product_id(text: &str) -> Result<ProductId, Problem> {
    ProductId::parse(text).map_err(|error| Problem::bad_parameter("/path/productId", error))
}

/// The product that a review is to be of. One that is no longer sold can still be reviewed by who bought it.
pub(crate) async fn reviewed(database: &Database, id: ProductId) -> Result<Reviewed, Problem> {
    let product = database.product(id).await.map_err(Problem::internal)?;
    let product = product.ok_or_else(|| Problem::not_found("product"))?.product;
    let fields = product.fields();
    Ok(Reviewed { id, title: fields.title.clone(), slug: fields.slug.clone() })
}

/// Whether somebody bought the product, and paid for it.
pub(crate) async fn has_bought(
    database: &Database,
    person: &CustomerId,
    product: ProductId,
) -> Result<bool, Problem> {
    database.has_bought(person, product, is_purchase).await.map_err(Problem::internal)
}

/// Why somebody may not review a product.
pub(crate) const BUYERS_ONLY: &str = "only those who bought the product here, and paid, can review it";
