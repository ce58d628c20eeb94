//! `PUT /api/me/reviews/{productId}`: says what one thinks of a product, for the first time or anew.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::review::{ReviewBody, ReviewText, ReviewTitle};
use domain::{Rating, Review};
use jiff::Timestamp;
use serde::Deserialize;
use store::Database;
use store::reviews::{ReviewBy, ReviewOutcome};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::reviews::{self, BUYERS_ONLY, OwnReview};
use crate::{MAX_TRIES, account};

/// What one thinks of a product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutReview {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5, example = 4)]
    rating: i64,
    /// The review in a line: 1 to 120 characters.
    #[schema(example = "Holds the gate in a gale")]
    title: String,
    /// What one has to say: at most 5,000 characters.
    #[schema(example = "Two years on the coast, and not a speck of rust.")]
    body: String,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(put_my_review)))
}

#[utoipa::path(
    put,
    path = "/api/me/reviews/{productId}",
    tag = "me",
    params(("productId" = String, Path, description = "The product's id")),
    request_body = PutReview,
    responses(
        (status = 200, description = "The review was changed", body = OwnReview),
        (status = 201, description = "The review was written", body = OwnReview),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "One has not bought the product, or the account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_my_review(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
    Body(body): Body<PutReview>,
) -> Result<(StatusCode, Json<OwnReview>), Problem> {
    let id = reviews::product_id(&id)?;
    let text = body.parse()?;
    let product = reviews::reviewed(&database, id).await?;
    for _ in 0..MAX_TRIES {
        let profile = account::open(&database, &person).await?.value;
        let now = Timestamp::now();
        let before = database.review_by(&person.id, id).await.map_err(Problem::internal)?;
        let (review, outcome, status) = if let Some(before) = before {
            let mut after = before.value.clone();
            after.edit(product.clone(), profile.name.as_ref(), text.clone(), now);
            let outcome = database.update_review(&before, &after, ReviewBy::Author(&person.id)).await;
            (after, outcome, StatusCode::OK)
        } else {
            if !reviews::has_bought(&database, &person.id, id).await? {
                return Err(Problem::new(StatusCode::FORBIDDEN, "not-bought", "Buyers only", BUYERS_ONLY));
            }
            let name = profile.name.as_ref();
            let review = Review::write(product.clone(), person.id.clone(), name, text.clone(), now);
            let outcome = database.create_review(&review).await;
            (review, outcome, StatusCode::CREATED)
        };
        match outcome.map_err(Problem::internal)? {
            ReviewOutcome::Written => return Ok((status, Json(review.into()))),
            ReviewOutcome::NoProduct => return Err(Problem::not_found("product")),
            // Another of one's requests was first, or one is leaving: look again.
            ReviewOutcome::Outdated => {}
        }
    }
    Err(Problem::conflict("the review is being changed by another of your requests; try again")
        .retry_after(1))
}

impl PutReview {
    fn parse(self) -> Result<ReviewText, Problem> {
        let mut fields = Fields::default();
        let rating = fields.parsed("/rating", Rating::parse(self.rating));
        let title = fields.parsed("/title", ReviewTitle::parse(&self.title));
        let body = fields.parsed("/body", ReviewBody::parse(&self.body));
        match (rating, title, body) {
            (Some(rating), Some(title), Some(body)) => Ok(ReviewText { rating, title, body }),
            _ => Err(fields.into_problem()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let good = PutReview { rating: 5, title: "Good".into(), body: String::new() };
        assert_eq!(good.parse().unwrap().rating.get(), 5);
        let bad = PutReview { rating: 6, title: " ".into(), body: "x".repeat(ReviewBody::MAX_LENGTH + 1) };
        let problem = serde_json::to_value(bad.parse().unwrap_err()).unwrap();
        let pointers: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/rating", "/title", "/body"]);
    }
}
