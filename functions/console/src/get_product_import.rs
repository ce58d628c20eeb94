//! `GET /api/console/product-imports/{id}`: how far an import has come, and its report.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, ImportId};
use jiff::Timestamp;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::product_import::ImportDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_product_import)))
}

#[utoipa::path(
    get,
    path = "/api/console/product-imports/{id}",
    tag = "console: products",
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 200, description = "The import", body = ImportDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such import within the last 90 days", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_product_import(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<ImportDto>, Problem> {
    let id = ImportId::parse(&id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let import = database.import(id).await.map_err(Problem::internal)?;
    let import = import.ok_or_else(|| Problem::not_found("import"))?;
    Ok(Json(ImportDto::of(import.value, Timestamp::now())))
}
