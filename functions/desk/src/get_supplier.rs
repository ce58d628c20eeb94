//! `GET /api/console/fulfilment/suppliers/{id}`: a supplier with all that can be edited.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use crate::SupplierDesk;
use crate::supplier::{self, SupplierDto, path_supplier};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_supplier)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/suppliers/{id}",
    tag = "fulfilment: suppliers",
    params(("id" = String, Path, description = "The supplier's id")),
    responses(
        (status = 200, description = "The supplier; its version is the `ETag`", body = SupplierDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_supplier(State(desk): State<SupplierDesk>, Path(id): Path<String>) -> Result<Response, Problem> {
    let stored = supplier::load(&desk.database, path_supplier(&id)?).await?;
    let version = stored.record.version;
    Ok(tagged(version, Json(supplier::view(&desk, stored).await?)))
}
