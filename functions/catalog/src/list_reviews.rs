//! `GET /api/products/{idOrSlug}/reviews`: what buyers say of a product.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{ProductId, Review, ReviewId, Slug};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use store::review_lists::ReviewSort;
use store::reviews::RatingSummary;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::dto::RatingDto;
use web::{Problem, cached, page};

use crate::PRODUCT_SECONDS;

/// Which reviews are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReviewsQuery {
    /// `newest`, `highest` or `lowest` first; `newest` where it is absent.
    #[param(example = "newest")]
    sort: Option<String>,
    /// The `nextCursor` of the page before, in the same order.
    cursor: Option<String>,
    /// How many reviews: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A review that everybody may see.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicReview {
    /// The review's id.
    #[schema(value_type = String, example = "rev_01JD0000000000000000000000")]
    id: ReviewId,
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: u8,
    /// The review in a line.
    title: String,
    /// What its author has to say, as plain text.
    body: String,
    /// First name and initial, or `A customer`.
    #[schema(example = "Ada L.")]
    author: String,
    /// Whether its author bought the product here.
    verified_purchase: bool,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    edited_at: Option<Timestamp>,
}

/// What all reviews come to.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ReviewSummary {
    /// The mean of all ratings, to two decimals; 0 where there are none.
    #[schema(example = 4.25)]
    average: f64,
    /// How many ratings there are.
    count: u64,
    /// How many there are of 1, 2, 3, 4 and 5.
    histogram: [u64; 5],
}

/// A page of reviews, and what all of them come to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewPage {
    /// The reviews, in order.
    items: Vec<PublicReview>,
    /// What to ask for as `cursor` to get the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// What all reviews come to.
    summary: ReviewSummary,
}

impl From<Review> for PublicReview {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            rating: review.rating.get(),
            title: review.title.into(),
            body: review.body.into(),
            author: review.author,
            verified_purchase: review.verified_purchase,
            created_at: review.created_at,
            edited_at: review.edited_at,
        }
    }
}

impl From<RatingSummary> for ReviewSummary {
    fn from(RatingSummary { sum, count, histogram }: RatingSummary) -> Self {
        let average = RatingDto::of(sum, count).map_or(0.0, |rating| rating.average);
        Self { average, count, histogram }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(list_reviews))
}

#[utoipa::path(
    get,
    path = "/api/products/{idOrSlug}/reviews",
    tag = "catalogue",
    params(("idOrSlug" = String, Path, description = "A product's id or slug, also one that it had before"), ReviewsQuery),
    responses(
        (status = 200, description = "A page", body = ReviewPage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product on sale", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_reviews(
    State(database): State<Database>,
    Path(id_or_slug): Path<String>,
    query: Result<Query<ReviewsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let sort = sort(query.sort.as_deref())?;
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let id = if let Ok(id) = ProductId::parse(&id_or_slug) {
        Some(id)
    } else {
        let slug =
            Slug::parse(&id_or_slug).map_err(|error| Problem::bad_parameter("/path/idOrSlug", error))?;
        database.product_id_of_slug(&slug).await.map_err(Problem::internal)?
    };
    let id = id.ok_or_else(|| Problem::not_found("product"))?;
    let summary = database.rating_summary(id).await.map_err(Problem::internal)?;
    let summary = summary.ok_or_else(|| Problem::not_found("product"))?;
    let (reviews, next) =
        database.review_page(id, sort, after.as_ref(), limit).await.map_err(Problem::internal)?;
    let next_cursor = next.as_ref().map(page::cursor).transpose()?;
    let items = reviews.into_iter().map(Into::into).collect();
    Ok(cached(PRODUCT_SECONDS, Json(ReviewPage { items, next_cursor, summary: summary.into() })))
}

fn sort(name: Option<&str>) -> Result<ReviewSort, Problem> {
    match name {
        None | Some("newest") => Ok(ReviewSort::Newest),
        Some("highest") => Ok(ReviewSort::Highest),
        Some("lowest") => Ok(ReviewSort::Lowest),
        Some(_) => Err(Problem::bad_parameter("/query/sort", "must be `newest`, `highest` or `lowest`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_exact_to_two_decimals() {
        let histogram = [0, 0, 0, 1, 2];
        let summary = |average, count, histogram| ReviewSummary { average, count, histogram };
        let rated = RatingSummary { sum: 14, count: 3, histogram };
        assert_eq!(ReviewSummary::from(rated), summary(4.67, 3, histogram));
        assert_eq!(ReviewSummary::from(RatingSummary::default()), summary(0.0, 0, [0; 5]));
    }

    #[test]
    fn reviews_are_sorted_in_three_ways() {
        assert_eq!(sort(None).unwrap(), ReviewSort::Newest);
        assert_eq!(sort(Some("lowest")).unwrap(), ReviewSort::Lowest);
        assert!(sort(Some("loudest")).is_err());
    }
}
