//! `GET /api/console/fulfilment/paced-orders/{id}`: a paced order, what was released of it and what is to come.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded, tagged};

use super::order::PacedOrderDetail;
use super::{load, path_paced_order, view};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_paced_order)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/paced-orders/{id}",
    tag = "fulfilment: paced orders",
    params(("id" = String, Path, description = "The paced order's id")),
    responses(
        (status = 200, description = "The paced order", body = PacedOrderDetail),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such paced order", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_paced_order(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let order = load(&database, path_paced_order(&id)?).await?;
    Ok(tagged(order.version, Json(view(&database, &order).await?)))
}
