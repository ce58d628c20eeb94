//! `POST /api/console/fulfilment/orders/{id}/shipments`: says that somebody here has sent what nobody sends.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, Order, OrderEventType, OrderStatus, TaskId};
use jiff::Timestamp;
use store::Database;
use store::orders::Shipment;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::order::DeskOrder;
use super::view::view;
use super::{Deed, load, path_order, refused, unassigned};
use crate::parcel::{Parcel, ParcelInput};
use crate::{actor, once};

/// Who sent what people here have sent, as the customer sees it.
const SENDER: &str = "Ironmonger";

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(fulfil_by_hand)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/orders/{id}/shipments",
    tag = "fulfilment: orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each parcel; the same again for a repeated request"),
    ),
    request_body = ParcelInput,
    responses(
        (status = 200, description = "The order, as it is now; the customer sees the parcel", body = DeskOrder),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is nothing that nobody sends, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong (a carrier is needed here), or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn fulfil_by_hand(
    State(database): State<Database>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    RequestId(request_id): RequestId,
    person: Person,
    Body(input): Body<ParcelInput>,
) -> Result<Json<DeskOrder>, Problem> {
    let id = path_order(&id)?;
    let key = once::key("fulfil-by-hand", id, &key, &input)?;
    let actor = actor(&person);
    for _ in 0..once::MAX_TRIES {
        let order = load(&database, id).await?;
        if once::done(&database, &key).await? {
            return Ok(Json(view(&database, id).await?));
        }
        let parcel = parse(&input, &order.value)?;
        let mut after = order.clone();
        after.value.take_unassigned(&parcel.items, []).map_err(|error| refused(&error))?;
        let fulfilled = after.value.status() == OrderStatus::Fulfilled;
        let mut events = vec![OrderEventType::OrderReassigned];
        events.extend(fulfilled.then_some(OrderEventType::OrderFulfilled));
        let shipment = shipment(parcel);
        let deed =
            Deed { actor: &actor, action: "order.sentByHand", events, key: &key, request_id: &request_id };
        let add = |transaction: &mut store::Transaction<'_>| {
            transaction.add_shipment(id, &shipment)?;
            Ok(())
        };
        if deed.write(&database, &order.value, &after, add).await? {
            return Ok(Json(view(&database, id).await?));
        }
    }
    Err(once::contended())
}

/// The parcel, which somebody must carry.
fn parse(input: &ParcelInput, order: &Order) -> Result<Parcel, Problem> {
    let there = unassigned(order);
    if there.is_empty() {
        let (from, to) = (order.status(), OrderStatus::Fulfilling);
        return Err(refused(&domain::order::OrderError::IllegalTransition { from, to }));
    }
    let parcel = input.parse(&there)?;
    if parcel.carrier.is_none() {
        return Err(Problem::invalid(vec![FieldProblem::new("/carrier", "is required: who carries it")]));
    }
    Ok(parcel)
}

fn shipment(parcel: Parcel) -> Shipment {
    Shipment {
        // No task sent it; the id tells the parcel from others.
        task_id: TaskId::generate(),
        supplier: SENDER.into(),
        carrier: parcel.carrier,
        tracking_number: parcel.tracking_number,
        items: parcel.items.into_iter().map(|(sku, pieces)| (sku, pieces.get())).collect(),
        shipped_at: Timestamp::now(),
    }
}
