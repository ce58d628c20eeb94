//! `POST /api/console/fulfilment/orders/{id}/retry`: looks again for suppliers of what nobody sends, or tries a refund again
//! that was declined.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{Group, Order, OrderEventType, OrderStatus, Quantity, Sku, Task};
use fulfilment::attention::why_nobody;
use fulfilment::desk::Desk;
use fulfilment::planning::{Past, Tasks, tasks_for};
use jiff::Timestamp;
use store::Versioned;
use store::audit::Actor;
use store::idempotency::IdempotencyKey;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::order::DeskOrder;
use super::view::view;
use super::{Deed, create_tasks, entry, load, path_order, refused, unassigned};
use crate::{actor, once};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(retry_order)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/orders/{id}/retry",
    tag = "fulfilment: orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each try; the same again for a repeated request"),
    ),
    responses(
        (status = 200, description = "The order, as it is now. Suppliers that had the pieces before may get them again", body = DeskOrder),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Still nobody can send it, there is nothing to be sent, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn retry_order(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    RequestId(request_id): RequestId,
    person: Person,
) -> Result<Json<DeskOrder>, Problem> {
    let id = path_order(&id)?;
    let key = once::key("retry-order", id, &key, &())?;
    let actor = actor(&person);
    for _ in 0..once::MAX_TRIES {
        let order = load(&desk.database, id).await?;
        if once::done(&desk.database, &key).await? {
            return Ok(Json(view(&desk.database, id).await?));
        }
        let written = if order.value.refund_declined() {
            refund_again(&desk, &order.value, &actor, &request_id).await?;
            true
        } else {
            look_again(&desk, order, &actor, &key, &request_id).await?
        };
        if written {
            return Ok(Json(view(&desk.database, id).await?));
        }
    }
    Err(once::contended())
}

/// Tries a refund again. It needs no key: one that is under way, or done, is not begun anew.
async fn refund_again(desk: &Desk, order: &Order, actor: &Actor, request_id: &str) -> Result<(), Problem> {
    let audit = entry(actor, "order.refundRetried", order, order).map_err(Problem::internal)?;
    desk.pay_back(order.id(), Some(&audit), request_id).await.map_err(Problem::internal)
}

/// Plans what nobody sends anew. False where somebody else changed the order since it was read.
async fn look_again(
    desk: &Desk,
    order: Versioned<Order>,
    actor: &Actor,
    key: &IdempotencyKey,
    request_id: &str,
) -> Result<bool, Problem> {
    let (id, lines) = (order.value.id(), unassigned(&order.value));
    if lines.is_empty() {
        let error = domain::order::OrderError::IllegalTransition {
            from: order.value.status(),
            to: OrderStatus::Fulfilling,
        };
        return Err(refused(&error));
    }
    let planned = tasks_for(&desk.database, &order.value, &lines, &Past::default(), Timestamp::now()).await;
    let planned = planned.map_err(Problem::internal)?;
    let past = desk.database.tasks_of_order(id).await.map_err(Problem::internal)?;
    let reason = why_nobody(&planned.unroutable, &planned.situation, &past);
    if planned.tasks.is_empty() {
        return Err(Problem::new(StatusCode::CONFLICT, "unroutable", "Still nobody can send it", reason));
    }
    let mut after = order.clone();
    take(&mut after.value, &planned, reason)?;
    let events = vec![OrderEventType::OrderReassigned];
    let deed = Deed { actor, action: "order.retried", events, key, request_id };
    let create = |transaction: &mut store::Transaction<'_>| create_tasks(transaction, &planned.tasks);
    if !deed.write(&desk.database, &order.value, &after, create).await? {
        return Ok(false);
    }
    desk.send(&planned.tasks, request_id).await.map_err(Problem::internal)?;
    Ok(true)
}

/// Gives what was planned to its tasks; for the rest a person is called anew.
fn take(order: &mut Order, planned: &Tasks, reason: String) -> Result<(), Problem> {
    let ids = planned.tasks.iter().map(Task::id);
    order.take_unassigned(&pieces(&planned.tasks), ids).map_err(|error| refused(&error))?;
    if !planned.unroutable.is_empty() {
        order.need_attention(reason).map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// All that tasks are to send.
fn pieces(tasks: &[Task]) -> Vec<(Sku, Quantity)> {
    let items = tasks.iter().flat_map(Task::items);
    items.map(|item| (item.sku.clone(), item.quantity)).collect()
}
