//! `POST /api/console/fulfilment/orders/{id}/refund-settlement`: says that a person paid back what the provider would not.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, OrderEventType};
use serde::{Deserialize, Serialize};
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::order::DeskOrder;
use super::view::view;
use super::{Deed, load, path_order, refused};
use crate::reason::words;
use crate::{actor, once};

/// How a person paid it back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RefundSettlement)]
pub struct RefundSettlementInput {
    /// 1 to 500 characters.
    #[schema(example = "Bank transfer of 22 November, reference 4711")]
    note: String,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(settle_refund)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/orders/{id}/refund-settlement",
    tag = "fulfilment: orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each settlement; the same again for a repeated request"),
    ),
    request_body = RefundSettlementInput,
    responses(
        (status = 200, description = "The order, which is refunded", body = DeskOrder),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "No refund of it was declined, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The note is wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn settle_refund(
    State(database): State<Database>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    RequestId(request_id): RequestId,
    person: Person,
    Body(input): Body<RefundSettlementInput>,
) -> Result<Json<DeskOrder>, Problem> {
    let id = path_order(&id)?;
    let note = words("/note", &input.note)?;
    let key = once::key("settle-refund", id, &key, &input)?;
    let actor = actor(&person);
    for _ in 0..once::MAX_TRIES {
        let order = load(&database, id).await?;
        if once::done(&database, &key).await? {
            return Ok(Json(view(&database, id).await?));
        }
        let mut after = order.clone();
        after.value.settle_refund_outside(note.clone()).map_err(|error| refused(&error))?;
        let events = vec![OrderEventType::OrderRefunded];
        let deed = Deed {
            actor: &actor,
            action: "order.refundedOutside",
            events,
            key: &key,
            request_id: &request_id,
        };
        if deed.write(&database, &order.value, &after, |_| Ok(())).await? {
            return Ok(Json(view(&database, id).await?));
        }
    }
    Err(once::contended())
}
