//! `GET /api/partner/orders/{reference}`: how an order stands that the partner sent.

use axum::Json;
use axum::extract::{Path, State};
use domain::{PartnerRef, PartnerReference, PartnerScope};
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Problem, guarded};

use crate::order_view::{PartnerOrder, order_view};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    let routes = OpenApiRouter::new().routes(routes!(get_partner_order));
    guarded(Access::Partner(Some(PartnerScope::OrdersWrite)), routes)
}

#[utoipa::path(
    get,
    path = "/api/partner/orders/{reference}",
    tag = "partners",
    params(("reference" = String, Path, description = "What the partner calls the order")),
    responses(
        (status = 200, description = "The order as it stands now", body = PartnerOrder),
        (status = 400, description = "The reference is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "This partner sent no such order", body = Problem,
            content_type = "application/problem+json"),
    )
)]
async fn get_partner_order(
    State(database): State<Database>,
    Caller(partner): Caller,
    Path(reference): Path<String>,
) -> Result<Json<PartnerOrder>, Problem> {
    let reference = PartnerReference::parse(&reference);
    let reference = reference.map_err(|error| Problem::bad_parameter("/path/reference", error))?;
    let partner = PartnerRef { id: partner.partner_id, reference };
    let order = order_view(&database, &partner).await.map_err(Problem::internal)?;
    order.map(Json).ok_or_else(|| Problem::not_found("order"))
}
