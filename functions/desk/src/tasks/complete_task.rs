//! `POST /api/console/fulfilment/tasks/{id}/completion`: says what people have sent for a task of theirs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, Quantity, Sku, Task};
use fulfilment::conclude::{Ending, shipment};
use fulfilment::desk::Desk;
use jiff::Timestamp;
use store::suppliers::SupplierRecord;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::path_task;
use super::task::TaskDetail;
use crate::parcel::ParcelInput;
use crate::{actor, once};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(complete_task)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/tasks/{id}/completion",
    tag = "fulfilment: tasks",
    params(
        ("id" = String, Path, description = "The task's id"),
        ("Idempotency-Key" = String, Header, description = "New for each completion; the same again for a repeated request"),
    ),
    request_body = ParcelInput,
    responses(
        (status = 200, description = "The task, which is done. What was not sent goes to somebody else", body = TaskDetail),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not people's, is done already, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn complete_task(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    request_id: RequestId,
    person: Person,
    Body(input): Body<ParcelInput>,
) -> Result<Json<TaskDetail>, Problem> {
    let id = path_task(&id)?;
    let key = once::key("complete-task", id, &key, &input)?;
    let by = (&actor(&person), "task.completed");
    let complete = |task: &mut Task, supplier: &SupplierRecord| complete(task, supplier, &input);
    Ok(Json(super::end(&desk, id, &key, by, &request_id, complete).await?))
}

fn complete(task: &mut Task, supplier: &SupplierRecord, input: &ParcelInput) -> Result<Ending, Problem> {
    let all: Vec<_> = task.items().iter().map(|item| (item.sku.clone(), item.quantity)).collect();
    let parcel = input.parse(&all)?;
    let now = Timestamp::now();
    task.complete(&delivered(&all, &parcel.items), now).map_err(Problem::internal)?;
    let shipment = shipment(task, &supplier.supplier.name, parcel.carrier, parcel.tracking_number, now);
    Ok(Ending { shipment, ..Ending::default() })
}

/// How much of each article was sent: nothing of one that is not in the parcel.
fn delivered(all: &[(Sku, Quantity)], parcel: &[(Sku, Quantity)]) -> Vec<(Sku, u32)> {
    let sent =
        |sku: &Sku| parcel.iter().find(|(other, _)| other == sku).map_or(0, |(_, pieces)| pieces.get());
    all.iter().map(|(sku, _)| (sku.clone(), sent(sku))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_was_sent_of_what_is_not_in_the_parcel() {
        let part = |text: &str, n: i64| (Sku::parse(text).unwrap(), Quantity::parse(n).unwrap());
        let all = [part("A", 5), part("B", 2)];
        let sent = delivered(&all, &[part("A", 3)]);
        assert_eq!(sent, [(all[0].0.clone(), 3), (all[1].0.clone(), 0)]);
    }
}
