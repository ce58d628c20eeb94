//! `POST /api/console/fulfilment/suppliers`: a new supplier.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::supplier::SupplierStatus;
use domain::{Group, SupplierId};
use store::suppliers::SupplierWriteError;
use suppliers::HttpClient;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, guarded, tagged};

use crate::supplier::{self, SupplierDto};
use crate::supplier_input::{Setting, SupplierInput};
use crate::{SupplierDesk, actor, once};

/// What the routes share that check a configuration.
#[derive(Debug, Clone)]
pub struct ConfigurationDesk {
    /// The tables and the currency.
    pub desk: SupplierDesk,
    /// Knows where suppliers may be.
    pub http: HttpClient,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<ConfigurationDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(create_supplier)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/suppliers",
    tag = "fulfilment: suppliers",
    params(("Idempotency-Key" = String, Header, description = "New for each supplier; the same again for a repeated request")),
    request_body = SupplierInput,
    responses(
        (status = 201, description = "The supplier, which gets no work before it is started. A repeated request gets the same one, as it is now", body = SupplierDto),
        (status = 400, description = "The header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong; what is below `/configuration` is the adapter's", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_supplier(
    State(ConfigurationDesk { desk, http }): State<ConfigurationDesk>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    person: Person,
    Body(input): Body<SupplierInput>,
) -> Result<Response, Problem> {
    let id = SupplierId::from_ulid(once::id("create-supplier", &person.id, &key));
    let setting = Setting { currency: desk.currency, http: &http };
    let record = input.into_record(id, SupplierStatus::Paused, setting)?;
    match desk.database.create_supplier(&record, &actor(&person)).await {
        Ok(()) | Err(SupplierWriteError::Taken) => {}
        Err(error) => return Err(supplier::refused(&desk, id, error).await),
    }
    let stored = supplier::load(&desk.database, id).await?;
    let version = stored.record.version;
    let created = supplier::view(&desk, stored).await?;
    Ok(tagged(version, (StatusCode::CREATED, Json(created)).into_response()))
}
