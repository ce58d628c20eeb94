//! `POST /api/console/products`: a new product.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::Group;
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded, tagged};

use crate::actor;
use crate::catalog_desk::{CatalogDesk, load, refused};
use crate::product::ConsoleProduct;
use crate::product_input::{ProductInput, Setting};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<CatalogDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_product)))
}

#[utoipa::path(
    post,
    path = "/api/console/products",
    tag = "console: products",
    request_body = ProductInput,
    responses(
        (status = 201, description = "The product; its stock is empty", body = ConsoleProduct),
        (status = 422, description = "Fields are wrong; `errors` says which", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_product(
    State(CatalogDesk { database, currency }): State<CatalogDesk>,
    person: Person,
    Body(input): Body<ProductInput>,
) -> Result<Response, Problem> {
    let names = database.names().await.map_err(Problem::internal)?;
    let setting = Setting { names: &names, currency, now: Timestamp::now() };
    let product = input.into_product(None, setting)?;
    let fields = product.fields();
    let created = database.create_product(&product, &BTreeMap::new(), &names.tree, &actor(&person)).await;
    if let Err(error) = created {
        return Err(refused(&database, fields, error).await);
    }
    let stored = load(&database, fields.id).await?;
    let location = [(LOCATION, format!("/api/console/products/{}", fields.id))];
    let version = stored.version;
    Ok(tagged(version, (StatusCode::CREATED, location, Json(ConsoleProduct::from(stored))).into_response()))
}
