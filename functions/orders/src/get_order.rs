//! `GET /api/orders/{id}`: an order, for whoever holds its token.

use axum::Json;
use axum::extract::{Path, State};
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{OrderToken, Problem};

use crate::access;
use crate::dto::OrderDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(get_order))
}

#[utoipa::path(
    get,
    path = "/api/orders/{id}",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("X-Order-Token" = String, Header, description = "The accessToken of the placed order"),
    ),
    responses(
        (status = 200, description = "The order", body = OrderDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "There is no token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order, or another's token", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_order(
    State(database): State<Database>,
    Path(id): Path<String>,
    token: OrderToken,
) -> Result<Json<OrderDto>, Problem> {
    Ok(Json(OrderDto::of_page(access::order_page(&database, &id, token).await?)?))
}
