//! `GET /api/console/webhooks/{id}`: a webhook, and how it does.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::desk::{load, path_webhook, shown};
use crate::webhook::WebhookDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(get_webhook)))
}

#[utoipa::path(
    get,
    path = "/api/console/webhooks/{id}",
    tag = "webhooks",
    params(("id" = String, Path, description = "The webhook's id")),
    responses(
        (status = 200, description = "The webhook, without what is signed with", body = WebhookDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_webhook(State(database): State<Database>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(shown(load(&database, path_webhook(&id)?).await?))
}
