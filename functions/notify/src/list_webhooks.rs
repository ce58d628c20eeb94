//! `GET /api/console/webhooks`: all webhooks, and how they do.

use axum::Json;
use axum::extract::State;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::webhook::WebhookDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_webhooks)))
}

#[utoipa::path(
    get,
    path = "/api/console/webhooks",
    tag = "webhooks",
    responses((status = 200, description = "All of them, the newest first", body = Page<WebhookDto>))
)]
async fn list_webhooks(State(database): State<Database>) -> Result<Json<Page<WebhookDto>>, Problem> {
    let webhooks = database.merchant_webhooks().await.map_err(Problem::internal)?;
    Ok(Json(Page { items: webhooks.into_iter().map(Into::into).collect(), next_cursor: None }))
}
