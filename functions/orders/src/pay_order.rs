//! `POST /api/orders/{id}/payments`: pays a guest's order in full.

use axum::Json;
use axum::extract::{Path, State};
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Body, IdempotencyKeyHeader, OrderToken, Problem, RequestId};

use crate::access;
use crate::dto::OrderDto;
use crate::pay::{PayOrder, pay};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(pay_order))
}

#[utoipa::path(
    post,
    path = "/api/orders/{id}/payments",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each attempt; the same again for a repeated request"),
        ("X-Order-Token" = String, Header, description = "The accessToken of the placed order"),
    ),
    request_body = PayOrder,
    responses(
        (status = 200, description = "The paid order", body = OrderDto),
        (status = 400, description = "The id or a header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "There is no token", body = Problem, content_type = "application/problem+json"),
        (status = 402, description = "The provider declined", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order, or another's token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The order is paid, or has expired", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn pay_order(
    State(database): State<Database>,
    Path(id): Path<String>,
    RequestId(request_id): RequestId,
    IdempotencyKeyHeader(client_key): IdempotencyKeyHeader,
    token: OrderToken,
    Body(body): Body<PayOrder>,
) -> Result<Json<OrderDto>, Problem> {
    let order = access::order_page(&database, &id, token).await?.order;
    Ok(Json(pay(&database, order, body, &client_key, &request_id).await?))
}
