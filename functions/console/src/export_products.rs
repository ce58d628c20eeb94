//! `GET /api/console/product-export`: all products as CSV, a page at a time. The pages put together are one file.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::Group;
use serde::Deserialize;
use store::Database;
use store::catalog::ListingPosition;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, page};

/// How many products a page has: with the longest texts they stay below what the API may answer.
pub const PRODUCTS_A_PAGE: usize = 100;

/// Which part of the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The `X-Next-Cursor` of the page before.
    cursor: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(export_products)))
}

#[utoipa::path(
    get,
    path = "/api/console/product-export",
    tag = "console: products",
    params(ExportQuery),
    responses(
        (status = 200, description = "A part of the file, the first with the header. `X-Next-Cursor` is there as long as more follows", body = String, content_type = "text/csv"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn export_products(
    State(database): State<Database>,
    query: Result<Query<ExportQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let after: Option<ListingPosition> = query.cursor.as_deref().map(page::position).transpose()?;
    let part =
        product_csv::part(&database, after.as_ref(), PRODUCTS_A_PAGE).await.map_err(Problem::internal)?;
    let next = part.next.as_ref().map(page::cursor).transpose()?;
    let mut response = part.csv.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Some(next) = next {
        let next = HeaderValue::from_str(&next).map_err(Problem::internal)?;
        headers.insert(HeaderName::from_static("x-next-cursor"), next);
    }
    Ok(response)
}
