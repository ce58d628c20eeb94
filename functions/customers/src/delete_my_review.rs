//! `DELETE /api/me/reviews/{productId}`: takes one's review back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use store::Database;
use store::reviews::ReviewOutcome;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::{MAX_TRIES, reviews};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(delete_my_review)))
}

#[utoipa::path(
    delete,
    path = "/api/me/reviews/{productId}",
    tag = "me",
    params(("productId" = String, Path, description = "The product's id; it need not have a review of yours any more")),
    responses(
        (status = 204, description = "There is none any more"),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_my_review(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let product = reviews::product_id(&id)?;
    for _ in 0..MAX_TRIES {
        let Some(review) = database.review_by(&person.id, product).await.map_err(Problem::internal)? else {
            return Ok(StatusCode::NO_CONTENT);
        };
        if database.delete_review(&review).await.map_err(Problem::internal)? == ReviewOutcome::Written {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Problem::conflict("the review is being changed by another request; try again").retry_after(1))
}
