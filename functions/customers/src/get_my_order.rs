//! `GET /api/me/orders/{id}`: an order of one's own.

use axum::Json;
use axum::extract::{Path, State};
use orders::access;
use orders::dto::OrderDto;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(get_my_order)))
}

#[utoipa::path(
    get,
    path = "/api/me/orders/{id}",
    tag = "me",
    params(("id" = String, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The order", body = OrderDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order of yours", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_my_order(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<Json<OrderDto>, Problem> {
    let page = access::own_order_page(&database, &id, &person.id).await?;
    Ok(Json(OrderDto::of_page(page)?))
}
