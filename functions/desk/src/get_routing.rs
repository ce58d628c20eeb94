//! `GET /api/console/fulfilment/routing`: by which strategy suppliers are chosen.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use crate::routing::{self, RoutingDto};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_routing)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/routing",
    tag = "fulfilment: routing",
    responses((status = 200, description = "The strategies; their version is the `ETag`", body = RoutingDto))
)]
async fn get_routing(State(database): State<Database>) -> Result<Response, Problem> {
    let routing = database.routing().await.map_err(Problem::internal)?;
    let version = routing.version;
    Ok(tagged(version, Json(routing::view(&database, routing).await?)))
}
