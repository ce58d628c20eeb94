//! `GET /api/console/webhooks/{id}/deliveries/{deliveryId}`: the telling of one event, and each try.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::delivery::WebhookDeliveryDetail;
use crate::desk::{load_delivery, path_delivery, path_webhook};

/// How many tries are shown. Somebody who has it told anew again and again can make more.
const MAX_SHOWN: i32 = 100;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(get_webhook_delivery)))
}

#[utoipa::path(
    get,
    path = "/api/console/webhooks/{id}/deliveries/{deliveryId}",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The webhook's id"),
        ("deliveryId" = String, Path, description = "The delivery's id"),
    ),
    responses(
        (status = 200, description = "The delivery", body = WebhookDeliveryDetail),
        (status = 400, description = "An id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such delivery, or not any more", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_webhook_delivery(
    State(database): State<Database>,
    Path((id, delivery_id)): Path<(String, String)>,
) -> Result<Json<WebhookDeliveryDetail>, Problem> {
    let (id, delivery_id) = (path_webhook(&id)?, path_delivery(&delivery_id)?);
    let delivery = load_delivery(&database, id, delivery_id).await?;
    let attempts = database.webhook_attempts(id, delivery_id, MAX_SHOWN).await;
    Ok(Json(WebhookDeliveryDetail::of(&delivery, attempts.map_err(Problem::internal)?)))
}
