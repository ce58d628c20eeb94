//! `GET /api/me/reviews/{productId}`: one's review of a product, and whether one may write it.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::reviews::{self, BUYERS_ONLY, OwnReview};

/// One's review of a product, or what there could be.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyReview {
    /// The review; null where there is none.
    review: Option<OwnReview>,
    /// Whether one may write it, or change it.
    eligible: bool,
    /// Why not.
    reason: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(get_my_review)))
}

#[utoipa::path(
    get,
    path = "/api/me/reviews/{productId}",
    tag = "me",
    params(("productId" = String, Path, description = "The product's id")),
    responses(
        (status = 200, description = "The review, if there is one", body = MyReview),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_my_review(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<Json<MyReview>, Problem> {
    let product = reviews::product_id(&id)?;
    let review = database.review_by(&person.id, product).await.map_err(Problem::internal)?;
    let eligible = review.is_some() || reviews::has_bought(&database, &person.id, product).await?;
    let reason = (!eligible).then(|| BUYERS_ONLY.to_owned());
    Ok(Json(MyReview { review: review.map(|review| review.value.into()), eligible, reason }))
}
