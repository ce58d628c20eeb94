//! `POST /api/console/fulfilment/orders/{id}/cancellation`: calls an order off, and pays back what is not sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, OrderEventType};
use fulfilment::CALLING_OFF_PATIENCE;
use fulfilment::desk::Desk;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::order::DeskOrder;
use super::view::view;
use super::{Deed, load, path_order, refused};
use crate::reason::ReasonInput;
use crate::{actor, once};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(cancel_order)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/orders/{id}/cancellation",
    tag = "fulfilment: orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each cancellation; the same again for a repeated request"),
    ),
    request_body = ReasonInput,
    responses(
        (status = 200, description = "The order: refunded, or cancelled while suppliers are asked to let go of it", body = DeskOrder),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not paid, is over, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The reason is wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn cancel_order(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    RequestId(request_id): RequestId,
    person: Person,
    Body(input): Body<ReasonInput>,
) -> Result<Json<DeskOrder>, Problem> {
    let id = path_order(&id)?;
    let reason = input.parse()?;
    let key = once::key("cancel-order", id, &key, &input)?;
    let actor = actor(&person);
    for _ in 0..once::MAX_TRIES {
        let order = load(&desk.database, id).await?;
        if !once::done(&desk.database, &key).await? {
            let mut after = order.clone();
            after.value.cancel(reason.clone(), Timestamp::now()).map_err(|error| refused(&error))?;
            let events = vec![OrderEventType::OrderCancelled];
            let deed =
                Deed { actor: &actor, action: "order.cancelled", events, key: &key, request_id: &request_id };
            if !deed.write(&desk.database, &order.value, &after, |_| Ok(())).await? {
                continue;
            }
            telemetry::crash::point("cancel-order.after-write", id);
        }
        // It is called off whatever comes of this: the sweep goes on with it.
        if let Err(error) = desk.go_on_calling_off(id, CALLING_OFF_PATIENCE, &request_id).await {
            tracing::error!(order_id = %id, %error, "cancelled order is not brought to its end yet");
        }
        return Ok(Json(view(&desk.database, id).await?));
    }
    Err(once::contended())
}
