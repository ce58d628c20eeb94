//! `POST /api/console/staff`: lets somebody work here.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{CustomerEmail, Group};
use identity::{Invitation, StaffDesk};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::actor;
use crate::staff::{self, GroupDto, StaffMember};

/// Who shall work here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddStaff {
    /// Their address. Who has an account with it keeps it, others are invited by e-mail.
    #[schema(example = "ada@example.org")]
    email: String,
    /// What they may do.
    group: GroupDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<StaffDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(add_staff)))
}

#[utoipa::path(
    post,
    path = "/api/console/staff",
    tag = "staff",
    request_body = AddStaff,
    responses(
        (status = 201, description = "The new member of staff", body = StaffMember),
        (status = 409, description = "They work here already, or their account is not confirmed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn add_staff(
    State(desk): State<StaffDesk>,
    person: Person,
    Body(body): Body<AddStaff>,
) -> Result<(StatusCode, Json<StaffMember>), Problem> {
    let mut fields = Fields::default();
    let Some(email) = fields.parsed("/email", CustomerEmail::parse(&body.email)) else {
        return Err(fields.into_problem());
    };
    let added = desk.add(&actor(&person), &email, body.group.into(), &Invitation::ByEmail).await;
    Ok((StatusCode::CREATED, Json(added.map_err(staff::problem)?.member.into())))
}
