//! `PUT /api/console/products/{id}`: changes a product.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::catalog_desk::{CatalogDesk, load, product_id, refused};
use crate::product::ConsoleProduct;
use crate::product_input::{ProductInput, Setting};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<CatalogDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(update_product)))
}

#[utoipa::path(
    put,
    path = "/api/console/products/{id}",
    tag = "console: products",
    params(
        ("id" = String, Path, description = "The product's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the product that the edit was made of"),
    ),
    request_body = ProductInput,
    responses(
        (status = 200, description = "The product. Its old address leads to the new one", body = ConsoleProduct),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong; `errors` says which", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_product(
    State(CatalogDesk { database, currency }): State<CatalogDesk>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<ProductInput>,
) -> Result<Response, Problem> {
    let before = load(&database, product_id(&id)?).await?;
    if before.version != version {
        return Err(Problem::outdated(&ConsoleProduct::from(before)));
    }
    let names = database.names().await.map_err(Problem::internal)?;
    let setting = Setting { names: &names, currency, now: Timestamp::now() };
    let product = input.into_product(Some(before.product.fields()), setting)?;
    let fields = product.fields();
    if let Err(error) = database.update_product(version, &product, &names.tree, &actor(&person)).await {
        return Err(refused(&database, fields, error).await);
    }
    let stored = load(&database, fields.id).await?;
    Ok(tagged(stored.version, Json(ConsoleProduct::from(stored))))
}
