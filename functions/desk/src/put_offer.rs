//! `PUT /api/console/fulfilment/suppliers/{id}/offers/{sku}`: what a supplier asks for a SKU.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use store::Versioned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, IfMatch, Person, Problem, guarded, tagged};

use crate::offer::{OfferDto, OfferInput, path_sku, refused};
use crate::supplier::{self, path_supplier};
use crate::{SupplierDesk, actor};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(put_offer)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/suppliers/{id}/offers/{sku}",
    tag = "fulfilment: offers",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("sku" = String, Path, description = "Our SKU"),
        ("If-Match" = String, Header, description = "The version of the offer that the edit was made of, in quotes; `\"0\"` where there is none yet"),
    ),
    request_body = OfferInput,
    responses(
        (status = 200, description = "The offer", body = OfferDto),
        (status = 400, description = "The id, the SKU or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or no product has the SKU", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_offer(
    State(desk): State<SupplierDesk>,
    Path((id, sku)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<OfferInput>,
) -> Result<Response, Problem> {
    let (id, sku) = (path_supplier(&id)?, path_sku(&sku)?);
    let name = supplier::load(&desk.database, id).await?.record.value.supplier.name;
    let offer = input.into_offer(id, sku.clone(), desk.currency)?;
    let before = desk.database.offer(id, &sku).await.map_err(Problem::internal)?;
    if before.as_ref().map_or(0, |before| before.version) != version {
        return Err(match before {
            Some(current) => Problem::outdated(&OfferDto::of(current, &name)),
            None => Problem::not_found("offer"),
        });
    }
    let products = desk.database.products_of_skus([&sku]).await.map_err(Problem::internal)?;
    if !products.contains_key(&sku) {
        return Err(Problem::invalid(vec![FieldProblem::new("/path/sku", "no product has this SKU")]));
    }
    match desk.database.put_offer(&offer, before.as_ref(), &actor(&person)).await {
        Ok(version) => Ok(tagged(version, Json(OfferDto::of(Versioned { value: offer, version }, &name)))),
        Err(error) => Err(refused(&desk.database, (id, &name), &sku, error).await),
    }
}
