//! `GET /api/console/partner-keys`: all keys of partners.

use axum::Json;
use axum::extract::State;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::partner_keys::PartnerKey;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_partner_keys)))
}

#[utoipa::path(
    get,
    path = "/api/console/partner-keys",
    tag = "partners",
    responses((status = 200, description = "All of them, the newest first; revoked ones too", body = Page<PartnerKey>))
)]
async fn list_partner_keys(State(database): State<Database>) -> Result<Json<Page<PartnerKey>>, Problem> {
    let keys = database.partner_keys().await.map_err(Problem::internal)?;
    Ok(Json(Page { items: keys.into_iter().map(Into::into).collect(), next_cursor: None }))
}
