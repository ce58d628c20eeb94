//! `POST /api/me/orders/{id}/payments`: pays an order of one's own in full.

use axum::Json;
use axum::extract::{Path, State};
use orders::access;
use orders::dto::OrderDto;
use orders::pay::{PayOrder, pay};
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(pay_my_order)))
}

#[utoipa::path(
    post,
    path = "/api/me/orders/{id}/payments",
    tag = "me",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each attempt; the same again for a repeated request"),
    ),
    request_body = PayOrder,
    responses(
        (status = 200, description = "The paid order", body = OrderDto),
        (status = 400, description = "The id or a header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 402, description = "The provider declined", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order of yours", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The order is paid, or has expired", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn pay_my_order(
    State(database): State<Database>,
    Path(id): Path<String>,
    RequestId(request_id): RequestId,
    IdempotencyKeyHeader(client_key): IdempotencyKeyHeader,
    person: Person,
    Body(body): Body<PayOrder>,
) -> Result<Json<OrderDto>, Problem> {
    let order = access::own_order_page(&database, &id, &person.id).await?.order;
    Ok(Json(pay(&database, order, body, &client_key, &request_id).await?))
}
