//! `GET /api/console/fulfilment/tasks/{id}`: a task with all that is known of it.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use super::path_task;
use super::task::TaskDetail;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_task)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/tasks/{id}",
    tag = "fulfilment: tasks",
    params(("id" = String, Path, description = "The task's id")),
    responses(
        (status = 200, description = "The task", body = TaskDetail),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_task(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<TaskDetail>, Problem> {
    Ok(Json(super::view(&database, path_task(&id)?).await?))
}
