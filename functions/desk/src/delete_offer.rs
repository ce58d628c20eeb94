//! `DELETE /api/console/fulfilment/suppliers/{id}/offers/{sku}`: withdraws an offer.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::offer::{path_sku, refused};
use crate::supplier::{self, path_supplier};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(delete_offer)))
}

#[utoipa::path(
    delete,
    path = "/api/console/fulfilment/suppliers/{id}/offers/{sku}",
    tag = "fulfilment: offers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("sku" = String, Path, description = "Our SKU"),
    ),
    responses(
        (status = 204, description = "It is gone; tasks that were made of it go on"),
        (status = 400, description = "The id or the SKU is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such offer", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody is changing it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_offer(
    State(database): State<Database>,
    Path((id, sku)): Path<(String, String)>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let (id, sku) = (path_supplier(&id)?, path_sku(&sku)?);
    let name = supplier::load(&database, id).await?.record.value.supplier.name;
    let offer = database.offer(id, &sku).await.map_err(Problem::internal)?;
    let offer = offer.ok_or_else(|| Problem::not_found("offer"))?;
    match database.delete_offer(&offer, &actor(&person)).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(refused(&database, (id, &name), &sku, error).await),
    }
}
