//! `GET /api/console/fulfilment/suppliers/{id}/health`: how a supplier has done over the last week.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::SupplierDesk;
use crate::health::{self, HealthDto, HealthPoint, Period};
use crate::health_log::HealthLogEntry;
use crate::supplier::{self, path_supplier};
use crate::words::CircuitDto;

/// How many entries of the log are told.
pub const LOG_ENTRIES: usize = 100;

/// How a supplier has done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupplierRecordOfHealth {
    /// The supplier's id.
    #[schema(example = "sup_01JD0000000000000000000000")]
    supplier_id: String,
    /// Its name.
    name: String,
    /// Whether it is called.
    circuit: CircuitDto,
    /// This hour of the clock and the one before.
    hour: HealthDto,
    /// The last 24 hours.
    day: HealthDto,
    /// The last seven days.
    week: HealthDto,
    /// Each hour of the week, the oldest first; those in which nothing happened are left out.
    hours: Vec<HealthPoint>,
    /// What happened to it, the newest first: at most a hundred entries.
    log: Vec<HealthLogEntry>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_supplier_health)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/suppliers/{id}/health",
    tag = "fulfilment: health",
    params(("id" = String, Path, description = "The supplier's id")),
    responses(
        (status = 200, description = "Counted by the hour, of UTC", body = SupplierRecordOfHealth),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_supplier_health(
    State(SupplierDesk { database, currency }): State<SupplierDesk>,
    Path(id): Path<String>,
) -> Result<Json<SupplierRecordOfHealth>, Problem> {
    let id = path_supplier(&id)?;
    let name = supplier::load(&database, id).await?.record.value.supplier.name;
    let now = Timestamp::now();
    let (circuit, hours, log) = tokio::try_join!(
        database.circuit(id),
        health::hours(&database, id, Period::Week, now),
        database.health_log(id, LOG_ENTRIES),
    )
    .map_err(Problem::internal)?;
    let over = |period| HealthDto::of(&health::sum(&hours, period, now), currency);
    Ok(Json(SupplierRecordOfHealth {
        supplier_id: id.to_string(),
        name,
        circuit: CircuitDto::of(&circuit.value, now),
        hour: over(Period::Hour),
        day: over(Period::Day),
        week: over(Period::Week),
        hours: health::points(&hours, currency),
        log: log.into_iter().map(Into::into).collect(),
    }))
}
