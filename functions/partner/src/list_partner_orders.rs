//! `GET /api/partner/orders`: the orders that the partner sent, the newest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{OrderId, PartnerReference, PartnerScope};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use store::partner_lists::PartnerEntry;
use store::partner_orders::IntakeState;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Page, Problem, guarded, page};

use crate::order_view::{RECEIVED, REJECTED};

/// What part of the list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PartnerOrdersQuery {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many orders: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A partner's order in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedPartnerOrder {
    /// What the partner calls it.
    #[schema(value_type = String, example = "A-1001")]
    reference: PartnerReference,
    /// The shop's id of it.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    order_id: OrderId,
    /// What the shop's people call it.
    #[schema(example = "7Q2M4-K9F3B")]
    number: String,
    /// `received`, `rejected`, or how the order stands: `paid`, `fulfilling`, `fulfilled`, `needsAttention`, `cancelled`
    /// or `refunded`.
    #[schema(value_type = String, example = "fulfilling")]
    status: &'static str,
    /// Why it was rejected.
    reason: Option<String>,
    /// When it was received.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    let routes = OpenApiRouter::new().routes(routes!(list_partner_orders));
    guarded(Access::Partner(Some(PartnerScope::OrdersWrite)), routes)
}

#[utoipa::path(
    get,
    path = "/api/partner/orders",
    tag = "partners",
    params(PartnerOrdersQuery),
    responses(
        (status = 200, description = "A page, the newest first; what was sent within the last second may be missing",
            body = Page<ListedPartnerOrder>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_partner_orders(
    State(database): State<Database>,
    Caller(partner): Caller,
    query: Result<Query<PartnerOrdersQuery>, QueryRejection>,
) -> Result<Json<Page<ListedPartnerOrder>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let list = database.partner_orders(partner.partner_id, after, limit).await.map_err(Problem::internal)?;
    let items = list.entries.into_iter().filter_map(listed).collect();
    Ok(Json(Page { items, next_cursor: list.next.as_ref().map(page::cursor).transpose()? }))
}

/// An entry of the list; nothing for an order that the partner's customer has had forgotten.
fn listed(entry: PartnerEntry) -> Option<ListedPartnerOrder> {
    let (reference, order_id, status, reason) = match entry {
        PartnerEntry::Order(order) => {
            (order.partner()?.reference.clone(), order.id(), order.status().name(), None)
        }
        PartnerEntry::Intake(intake) => {
            let (status, reason) = match intake.state {
                IntakeState::Rejected { reason, .. } => (REJECTED, Some(reason)),
                IntakeState::Received(_) | IntakeState::Placed => (RECEIVED, None),
            };
            (intake.partner.reference, intake.order_id, status, reason)
        }
    };
    Some(ListedPartnerOrder {
        reference,
        order_id,
        number: order_id.number(),
        status,
        reason,
        created_at: order_id.made_at(),
    })
}
