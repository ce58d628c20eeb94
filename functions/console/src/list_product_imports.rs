//! `GET /api/console/product-imports`: the imports of the last 90 days, the newest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, ImportId};
use jiff::Timestamp;
use serde::Deserialize;
use store::Database;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::product_import::ImportDto;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many imports: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_product_imports)))
}

#[utoipa::path(
    get,
    path = "/api/console/product-imports",
    tag = "console: products",
    params(ImportQuery),
    responses(
        (status = 200, description = "A page, the newest first", body = Page<ImportDto>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_product_imports(
    State(database): State<Database>,
    query: Result<Query<ImportQuery>, QueryRejection>,
) -> Result<Json<Page<ImportDto>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after: Option<ImportId> = query.cursor.as_deref().map(page::position).transpose()?;
    let (imports, more) = database.imports(after, limit).await.map_err(Problem::internal)?;
    let last = imports.last().filter(|_| more).map(|import| import.id);
    let next_cursor = last.as_ref().map(page::cursor).transpose()?;
    let now = Timestamp::now();
    Ok(Json(Page {
        items: imports.into_iter().map(|import| ImportDto::of(import, now)).collect(),
        next_cursor,
    }))
}
