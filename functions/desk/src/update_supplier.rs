//! `PUT /api/console/fulfilment/suppliers/{id}`: changes a supplier.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::create_supplier::ConfigurationDesk;
use crate::supplier::{self, SupplierDto, path_supplier};
use crate::supplier_input::{Setting, SupplierInput};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<ConfigurationDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(update_supplier)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/suppliers/{id}",
    tag = "fulfilment: suppliers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the supplier that the edit was made of"),
    ),
    request_body = SupplierInput,
    responses(
        (status = 200, description = "The supplier; calls follow it within seconds", body = SupplierDto),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong; what is below `/configuration` is the adapter's", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_supplier(
    State(ConfigurationDesk { desk, http }): State<ConfigurationDesk>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<SupplierInput>,
) -> Result<Response, Problem> {
    let id = path_supplier(&id)?;
    let mut stored = supplier::load(&desk.database, id).await?;
    if stored.record.version != version {
        return Err(Problem::outdated(&supplier::view(&desk, stored).await?));
    }
    let setting = Setting { currency: desk.currency, http: &http };
    let record = input.into_record(id, stored.record.value.supplier.status, setting)?;
    match desk.database.update_supplier(&stored.record, record, &actor(&person)).await {
        Ok(after) => {
            stored.record = after;
            let version = stored.record.version;
            Ok(tagged(version, Json(supplier::view(&desk, stored).await?)))
        }
        Err(error) => Err(supplier::refused(&desk, id, error).await),
    }
}
