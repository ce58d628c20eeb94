//! `GET /api/console/webhook-event-types`: the event catalogue.

use axum::Json;
use domain::{Group, WebhookEvent};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, guarded};

use crate::catalogue::when;

/// An event that webhooks can be told of.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookEventType {
    /// Its name.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "OrderPaid")]
    event: WebhookEvent,
    /// What it happens to.
    group: WebhookEventGroup,
    /// When it happens.
    #[schema(value_type = String, example = "The order was paid and its stock sold.")]
    when: &'static str,
}

/// What something happens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum WebhookEventGroup {
    /// An order.
    Order,
    /// A supplier's part of an order.
    Task,
}

impl From<WebhookEvent> for WebhookEventType {
    fn from(event: WebhookEvent) -> Self {
        let group = match event {
            WebhookEvent::Order(_) => WebhookEventGroup::Order,
            WebhookEvent::Task(_) => WebhookEventGroup::Task,
        };
        Self { event, group, when: when(event) }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_webhook_event_types)))
}

#[utoipa::path(
    get,
    path = "/api/console/webhook-event-types",
    tag = "webhooks",
    responses((status = 200, description = "All events, those of orders first", body = Page<WebhookEventType>))
)]
async fn list_webhook_event_types() -> Json<Page<WebhookEventType>> {
    Json(Page { items: WebhookEvent::all().map(Into::into).collect(), next_cursor: None })
}
