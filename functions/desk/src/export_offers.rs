//! `GET /api/console/fulfilment/suppliers/{id}/offers.csv`: offers of a supplier as CSV, a page at a time. The pages put
//! together are one file, which can be imported.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Group, Sku};
use serde::Deserialize;
use store::Database;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, page};

use crate::offer_sheet;
use crate::supplier::{self, path_supplier};

/// How many offers a page has.
pub const OFFERS_A_PAGE: i32 = 1_000;

/// Which part of the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfferExportQuery {
    /// The `X-Next-Cursor` of the page before.
    cursor: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(export_offers)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/suppliers/{id}/offers.csv",
    tag = "fulfilment: offers",
    params(("id" = String, Path, description = "The supplier's id"), OfferExportQuery),
    responses(
        (status = 200, description = "A part of the file, the first with the header. `X-Next-Cursor` is there as long as more follows", body = String, content_type = "text/csv"),
        (status = 400, description = "The id or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn export_offers(
    State(database): State<Database>,
    Path(id): Path<String>,
    query: Result<Query<OfferExportQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let id = path_supplier(&id)?;
    let after: Option<Sku> = query.cursor.as_deref().map(page::position).transpose()?;
    supplier::load(&database, id).await?;
    let found = database.offers_from(id, after.as_ref(), OFFERS_A_PAGE).await.map_err(Problem::internal)?;
    let mut csv = if after.is_none() { offer_sheet::header() } else { String::new() };
    csv.extend(found.offers.iter().map(|offer| offer_sheet::row(&offer.value)));
    let mut response = csv.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Some(next) = found.next {
        let next = HeaderValue::from_str(&page::cursor(&next)?).map_err(Problem::internal)?;
        headers.insert(HeaderName::from_static("x-next-cursor"), next);
    }
    Ok(response)
}
