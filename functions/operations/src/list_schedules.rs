//! `GET /api/console/operations/schedules`: all schedules of the stack.

use axum::Json;
use axum::extract::State;
use domain::Group;
use futures::future::try_join_all;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::schedules::{ScheduleDto, Schedules};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Schedules> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_schedules)))
}

#[utoipa::path(
    get,
    path = "/api/console/operations/schedules",
    tag = "console: operations",
    responses((status = 200, description = "All of them", body = Page<ScheduleDto>)),
)]
async fn list_schedules(State(schedules): State<Schedules>) -> Result<Json<Page<ScheduleDto>>, Problem> {
    let items = try_join_all(schedules.known.iter().map(|known| schedules.show(known))).await?;
    Ok(Json(Page { items, next_cursor: None }))
}
