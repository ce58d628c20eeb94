//! `GET /api/console/reviews/{id}`: a review, as staff see it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use crate::reviews::{self, ConsoleReview};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_console_review)))
}

#[utoipa::path(
    get,
    path = "/api/console/reviews/{id}",
    tag = "console: reviews",
    params(("id" = String, Path, description = "The review's id")),
    responses(
        (status = 200, description = "The review; its version is the `ETag`", body = ConsoleReview),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such review", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_console_review(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let review = database.review(reviews::id(&id)?).await.map_err(Problem::internal)?;
    let review = review.ok_or_else(|| Problem::not_found("review"))?;
    Ok(tagged(review.version, Json(ConsoleReview::from(review))))
}
