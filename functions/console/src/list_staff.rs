//! `GET /api/console/staff`: everybody who works here.

use axum::Json;
use axum::extract::State;
use domain::Group;
use identity::StaffDesk;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::staff::{self, StaffMember};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<StaffDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_staff)))
}

#[utoipa::path(
    get,
    path = "/api/console/staff",
    tag = "staff",
    responses((status = 200, description = "All of them, by address", body = Page<StaffMember>))
)]
async fn list_staff(State(desk): State<StaffDesk>) -> Result<Json<Page<StaffMember>>, Problem> {
    let members = desk.list().await.map_err(staff::problem)?;
    Ok(Json(Page { items: members.into_iter().map(Into::into).collect(), next_cursor: None }))
}
