//! `GET /api/console/fulfilment/supplier-comparison`: how the suppliers have done, beside each other.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::Group;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Versioned;
use store::suppliers::SupplierRecord;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::SupplierDesk;
use crate::health::{self, HealthDto, HealthPoint, Period};
use crate::list_suppliers::{AT_ONCE, by_name};
use crate::words::StatusDto;

/// Over which time.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComparisonQuery {
    /// Up to now.
    period: Period,
}

/// How a supplier has done beside the others.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedSupplier {
    /// The supplier's id.
    #[schema(example = "sup_01JD0000000000000000000000")]
    id: String,
    /// Its name.
    name: String,
    /// Whether it gets work.
    status: StatusDto,
    /// How it did over that time.
    health: HealthDto,
    /// Each hour of it, the oldest first; those in which nothing happened are left out.
    hours: Vec<HealthPoint>,
}

/// How the suppliers have done, beside each other.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierComparison {
    /// Over which time.
    period: Period,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// All suppliers, by name.
    items: Vec<ComparedSupplier>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(compare_suppliers)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/supplier-comparison",
    tag = "fulfilment: health",
    params(ComparisonQuery),
    responses(
        (status = 200, description = "Counted by the hour, of UTC", body = SupplierComparison),
        (status = 400, description = "The period is none", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn compare_suppliers(
    State(SupplierDesk { database, currency }): State<SupplierDesk>,
    query: Result<Query<ComparisonQuery>, QueryRejection>,
) -> Result<Json<SupplierComparison>, Problem> {
    let Query(ComparisonQuery { period }) =
        query.map_err(|error| Problem::bad_parameter("/query/period", error.body_text()))?;
    let now = Timestamp::now();
    let suppliers = by_name(database.suppliers().await.map_err(Problem::internal)?);
    let look =
        |record: &Versioned<SupplierRecord>| health::hours(&database, record.value.supplier.id, period, now);
    let looks: Vec<_> = suppliers.iter().map(look).collect();
    let seen: Vec<_> =
        stream::iter(looks).buffered(AT_ONCE).try_collect().await.map_err(Problem::internal)?;
    let compared = suppliers.iter().zip(seen).map(|(record, hours)| ComparedSupplier {
        id: record.value.supplier.id.to_string(),
        name: record.value.supplier.name.clone(),
        status: record.value.supplier.status.into(),
        health: HealthDto::of(&health::sum(&hours, period, now), currency),
        hours: health::points(&hours, currency),
    });
    Ok(Json(SupplierComparison { period, from: period.begins(now), items: compared.collect() }))
}
