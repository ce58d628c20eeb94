//! `GET /api/partner/key`: what the key that is shown may do.

use axum::Json;
use domain::{PartnerKeyId, PartnerKeyName, PartnerScope};
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, guarded};

/// What a partner's program learns about its key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnPartnerKey {
    /// The key's id.
    #[schema(value_type = String, example = "key_01JD0000000000000000000000")]
    id: PartnerKeyId,
    /// What the shop calls the key.
    #[schema(value_type = String)]
    name: PartnerKeyName,
    /// What it lets its holder do.
    #[schema(value_type = Vec<String>, example = json!(["catalog:read"]))]
    scopes: Vec<PartnerScope>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Partner(None), OpenApiRouter::new().routes(routes!(get_partner_key)))
}

#[utoipa::path(
    get,
    path = "/api/partner/key",
    tag = "partners",
    responses((status = 200, description = "The key, as far as it may be known", body = OwnPartnerKey))
)]
async fn get_partner_key(Caller(partner): Caller) -> Json<OwnPartnerKey> {
    let scopes = partner.scopes.into_iter().collect();
    Json(OwnPartnerKey { id: partner.id, name: partner.name, scopes })
}
