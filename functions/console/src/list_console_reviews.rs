//! `GET /api/console/reviews`: reviews to look through.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, ReviewStatus};
use serde::Deserialize;
use store::Database;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::reviews::ConsoleReview;

/// The statuses in the order that staff look at them.
const ORDER: [ReviewStatus; 3] = [ReviewStatus::Pending, ReviewStatus::Published, ReviewStatus::Hidden];

/// Which reviews are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsoleReviewsQuery {
    /// `pending`, `published` or `hidden`; all of them, one after the other, where it is absent.
    #[param(example = "pending")]
    status: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many reviews: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_console_reviews)))
}

#[utoipa::path(
    get,
    path = "/api/console/reviews",
    tag = "console: reviews",
    params(ConsoleReviewsQuery),
    responses(
        (status = 200, description = "A page, the newest of each status first", body = Page<ConsoleReview>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_console_reviews(
    State(database): State<Database>,
    query: Result<Query<ConsoleReviewsQuery>, QueryRejection>,
) -> Result<Json<Page<ConsoleReview>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let statuses = statuses(query.status.as_deref())?;
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let (reviews, next) =
        database.reviews_with(&statuses, after.as_ref(), limit).await.map_err(Problem::internal)?;
    let next_cursor = next.as_ref().map(page::cursor).transpose()?;
    Ok(Json(Page { items: reviews.into_iter().map(Into::into).collect(), next_cursor }))
}

fn statuses(name: Option<&str>) -> Result<Vec<ReviewStatus>, Problem> {
    let Some(name) = name else { return Ok(ORDER.to_vec()) };
    let status = ReviewStatus::parse(name).ok_or("must be `pending`, `published` or `hidden`");
    status.map(|status| vec![status]).map_err(|detail| Problem::bad_parameter("/query/status", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_status_is_asked_for_or_all() {
        assert_eq!(statuses(Some("hidden")).unwrap(), [ReviewStatus::Hidden]);
        let all = statuses(None).unwrap();
        assert!(ReviewStatus::ALL.iter().all(|status| all.contains(status)));
        assert!(statuses(Some("deleted")).is_err());
    }
}
