//! `GET /api/partner/callback`: where the partner is told of its orders.

use axum::Json;
use axum::extract::State;
use domain::PartnerScope;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Problem, guarded};

use super::{PartnerCallback, load};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(get_partner_callback)),
    )
}

#[utoipa::path(
    get,
    path = "/api/partner/callback",
    tag = "partners",
    responses(
        (status = 200, description = "The callback, without what is signed with", body = PartnerCallback),
        (status = 404, description = "None is set", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_partner_callback(
    State(database): State<Database>,
    Caller(partner): Caller,
) -> Result<Json<PartnerCallback>, Problem> {
    Ok(Json(load(&database, &partner).await?.into()))
}
