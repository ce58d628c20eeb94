//! `PUT /api/console/staff/{id}`: moves somebody to another group.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use identity::StaffDesk;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded};

use crate::actor;
use crate::staff::{self, GroupDto, StaffMember};

/// What somebody may do from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateStaff {
    /// Their group.
    group: GroupDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<StaffDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(update_staff)))
}

#[utoipa::path(
    put,
    path = "/api/console/staff/{id}",
    tag = "staff",
    params(("id" = String, Path, description = "The person's id")),
    request_body = UpdateStaff,
    responses(
        (status = 200, description = "The member of staff; their sessions have ended", body = StaffMember),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody with this id works here", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is oneself, or the last admin", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such group", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_staff(
    State(desk): State<StaffDesk>,
    Path(id): Path<String>,
    person: Person,
    Body(body): Body<UpdateStaff>,
) -> Result<Json<StaffMember>, Problem> {
    let id = staff::id(&id)?;
    let member = desk.change(&actor(&person), &id, body.group.into()).await.map_err(staff::problem)?;
    Ok(Json(member.into()))
}
