//! `GET /api/partner/callback/deliveries`: what the partner was told of late, and what came of it.

use axum::Json;
use axum::extract::State;
use domain::{EventId, OrderEventType, OrderId, PartnerReference, PartnerScope};
use jiff::Timestamp;
use serde::Serialize;
use store::Database;
use store::callbacks::{Delivery, DeliveryOutcome};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Page, Problem, guarded};

/// The telling of one event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallbackDelivery {
    /// The event's id, which is sent as `webhook-id`.
    #[schema(value_type = String, example = "evt_01JD0000000000000000000000")]
    id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "OrderFulfilled")]
    event_type: OrderEventType,
    /// To which order: the shop's id.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    order_id: OrderId,
    /// The partner's name for the order.
    #[schema(value_type = String, example = "A-1001")]
    reference: PartnerReference,
    /// When it was tried last.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How often it was tried.
    attempt: u32,
    /// `delivered`; `failed`: it is tried again; `gaveUp`: it is not, after three days; `switchedOff`: the address answered
    /// 410.
    #[schema(value_type = String, example = "delivered")]
    outcome: DeliveryOutcome,
    /// The HTTP status that was answered last, if anything was.
    status: Option<u16>,
    /// What was wrong with the last try.
    #[schema(example = "answered 503")]
    detail: Option<String>,
    /// How long the last try took, in milliseconds.
    took_ms: u64,
    /// When it is tried again.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_attempt_at: Option<Timestamp>,
}

impl From<Delivery> for CallbackDelivery {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            event_type: delivery.event_type,
            order_id: delivery.order_id,
            reference: delivery.reference,
            at: delivery.tried_at,
            attempt: delivery.attempts,
            outcome: delivery.outcome,
            status: delivery.status,
            detail: delivery.detail,
            took_ms: delivery.took_ms,
            next_attempt_at: delivery.next_try_at,
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(list_partner_callback_deliveries)),
    )
}

#[utoipa::path(
    get,
    path = "/api/partner/callback/deliveries",
    tag = "partners",
    responses((status = 200, description = "The last 50, the latest events first", body = Page<CallbackDelivery>))
)]
async fn list_partner_callback_deliveries(
    State(database): State<Database>,
    Caller(partner): Caller,
) -> Result<Json<Page<CallbackDelivery>>, Problem> {
    let deliveries = database.deliveries(partner.partner_id).await.map_err(Problem::internal)?;
    Ok(Json(Page { items: deliveries.into_iter().map(Into::into).collect(), next_cursor: None }))
}
