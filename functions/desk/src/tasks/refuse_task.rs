//! `POST /api/console/fulfilment/tasks/{id}/refusal`: says that people cannot do a task of theirs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, Task};
use fulfilment::conclude::Ending;
use fulfilment::desk::Desk;
use jiff::Timestamp;
use store::suppliers::SupplierRecord;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::path_task;
use super::task::TaskDetail;
use crate::reason::ReasonInput;
use crate::{actor, once};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(refuse_task)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/tasks/{id}/refusal",
    tag = "fulfilment: tasks",
    params(
        ("id" = String, Path, description = "The task's id"),
        ("Idempotency-Key" = String, Header, description = "New for each refusal; the same again for a repeated request"),
    ),
    request_body = ReasonInput,
    responses(
        (status = 200, description = "The task, which goes to somebody else", body = TaskDetail),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not people's, is done already, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The reason is wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn refuse_task(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    request_id: RequestId,
    person: Person,
    Body(input): Body<ReasonInput>,
) -> Result<Json<TaskDetail>, Problem> {
    let id = path_task(&id)?;
    let reason = input.parse()?;
    let key = once::key("refuse-task", id, &key, &input)?;
    let by = (&actor(&person), "task.refused");
    let refuse = |task: &mut Task, _: &SupplierRecord| {
        task.reject(&reason, Timestamp::now()).map_err(Problem::internal)?;
        Ok(Ending::default())
    };
    Ok(Json(super::end(&desk, id, &key, by, &request_id, refuse).await?))
}
