//! `PUT /api/console/fulfilment/suppliers/{id}/status`: starts a supplier, drains or pauses it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use serde::Deserialize;
use store::suppliers::SupplierWriteError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded, tagged};

use crate::supplier::{self, SupplierDto, path_supplier};
use crate::words::StatusDto;
use crate::{SupplierDesk, actor};

/// How often the change is made anew of what somebody else wrote at the same time.
const MAX_TRIES: u32 = 5;

/// Whether a supplier shall get work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSupplierStatus {
    /// Whether it shall.
    status: StatusDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(set_supplier_status)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/suppliers/{id}/status",
    tag = "fulfilment: suppliers",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body = SetSupplierStatus,
    responses(
        (status = 200, description = "The supplier, as it is now", body = SupplierDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Others change it all the time; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such status", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn set_supplier_status(
    State(desk): State<SupplierDesk>,
    Path(id): Path<String>,
    person: Person,
    Body(SetSupplierStatus { status }): Body<SetSupplierStatus>,
) -> Result<Response, Problem> {
    let id = path_supplier(&id)?;
    for _ in 0..MAX_TRIES {
        let mut stored = supplier::load(&desk.database, id).await?;
        let mut record = stored.record.value.clone();
        record.supplier.status = status.into();
        match desk.database.update_supplier(&stored.record, record, &actor(&person)).await {
            Ok(after) => {
                stored.record = after;
                let version = stored.record.version;
                return Ok(tagged(version, Json(supplier::view(&desk, stored).await?)));
            }
            Err(SupplierWriteError::Outdated) => {}
            Err(error) => return Err(supplier::refused(&desk, id, error).await),
        }
    }
    Err(supplier::refused(&desk, id, SupplierWriteError::Outdated).await)
}
