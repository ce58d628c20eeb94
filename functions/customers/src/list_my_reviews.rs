//! `GET /api/me/reviews`: one's reviews, the newest first.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Person, Problem, guarded};

use crate::reviews::OwnReview;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(list_my_reviews)))
}

#[utoipa::path(
    get,
    path = "/api/me/reviews",
    tag = "me",
    responses((status = 200, description = "All of them on one page, the newest first", body = Page<OwnReview>))
)]
async fn list_my_reviews(
    State(database): State<Database>,
    person: Person,
) -> Result<Json<Page<OwnReview>>, Problem> {
    let mut reviews = database.reviews_of(&person.id).await.map_err(Problem::internal)?;
    reviews.sort_by_key(|review| Reverse(review.value.id));
    let items = reviews.into_iter().map(|review| review.value.into()).collect();
    Ok(Json(Page { items, next_cursor: None }))
}
