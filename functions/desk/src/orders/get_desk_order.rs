//! `GET /api/console/fulfilment/orders/{id}`: an order with all that somebody must know who decides what becomes of it.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use super::order::DeskOrder;
use super::path_order;
use super::view::view;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_desk_order)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/orders/{id}",
    tag = "fulfilment: orders",
    params(("id" = String, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The order", body = DeskOrder),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_desk_order(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<DeskOrder>, Problem> {
    Ok(Json(view(&database, path_order(&id)?).await?))
}
