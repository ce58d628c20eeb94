//! `GET /api/console/synonyms`: the words that mean the same.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use crate::synonyms::SynonymsDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_synonyms)))
}

#[utoipa::path(
    get,
    path = "/api/console/synonyms",
    tag = "console: catalogue",
    responses((status = 200, description = "All groups; their version is the `ETag`", body = SynonymsDto))
)]
async fn get_synonyms(State(database): State<Database>) -> Result<Response, Problem> {
    let synonyms = database.synonyms().await.map_err(Problem::internal)?;
    Ok(tagged(synonyms.version, Json(SynonymsDto::from(synonyms))))
}
