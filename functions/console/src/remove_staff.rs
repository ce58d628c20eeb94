//! `DELETE /api/console/staff/{id}`: ends somebody's work here.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use identity::StaffDesk;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::staff;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<StaffDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(remove_staff)))
}

#[utoipa::path(
    delete,
    path = "/api/console/staff/{id}",
    tag = "staff",
    params(("id" = String, Path, description = "The person's id")),
    responses(
        (status = 204, description = "They work here no longer, and their sessions have ended; their account stays"),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody with this id works here", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is oneself, or the last admin", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn remove_staff(
    State(desk): State<StaffDesk>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    desk.remove(&actor(&person), &staff::id(&id)?).await.map_err(staff::problem)?;
    Ok(StatusCode::NO_CONTENT)
}
