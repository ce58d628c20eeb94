//! `GET /api/console/webhooks/{id}/deliveries`: what a webhook was told, the latest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::{DeliveryId, Group, WebhookEvent};
use serde::Deserialize;
use store::Database;
use store::merchant_webhooks::{DeliveryState, Which};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::delivery::WebhookDelivery;
use crate::desk::{load, path_webhook};

/// Which deliveries are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// `pending`, `delivered`, `failed` or `held`; all where it is absent.
    #[param(example = "failed")]
    state: Option<String>,
    /// What was told, such as `OrderPaid`; anything where it is absent.
    #[serde(rename = "type")]
    event: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many deliveries: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_webhook_deliveries)))
}

#[utoipa::path(
    get,
    path = "/api/console/webhooks/{id}/deliveries",
    tag = "webhooks",
    params(("id" = String, Path, description = "The webhook's id"), DeliveryQuery),
    responses(
        (status = 200, description = "A page, the latest events first; those of the last thirty days are known. It may be short, or empty, although there is another", body = Page<WebhookDelivery>),
        (status = 400, description = "The id or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such webhook", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_webhook_deliveries(
    State(database): State<Database>,
    Path(id): Path<String>,
    query: Result<Query<DeliveryQuery>, QueryRejection>,
) -> Result<Json<Page<WebhookDelivery>>, Problem> {
    let id = path_webhook(&id)?;
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = usize::try_from(page::limit(query.limit.as_deref())?).map_err(Problem::internal)?;
    let before: Option<DeliveryId> = query.cursor.as_deref().map(page::position).transpose()?;
    let which = query.which()?;
    load(&database, id).await?;
    let found = database.delivery_page(id, which, before, limit).await.map_err(Problem::internal)?;
    Ok(Json(Page {
        items: found.deliveries.iter().map(Into::into).collect(),
        next_cursor: found.next.as_ref().map(page::cursor).transpose()?,
    }))
}

impl DeliveryQuery {
    fn which(&self) -> Result<Which, Problem> {
        let state = self.state.as_deref().map(|name| {
            let state = DeliveryState::ALL.into_iter().find(|state| state.name() == name);
            state.ok_or_else(|| {
                let names = DeliveryState::ALL.map(DeliveryState::name).join(", ");
                Problem::bad_parameter("/query/state", format!("must be one of: {names}"))
            })
        });
        let event = self.event.as_deref().map(WebhookEvent::parse).transpose();
        let event = event.map_err(|error| Problem::bad_parameter("/query/type", error))?;
        Ok(Which { state: state.transpose()?, event })
    }
}

#[cfg(test)]
mod tests {
    use domain::OrderEventType;

    use super::*;

    #[test]
    fn what_is_asked_for_is_known_or_refused() {
        let which = |state: Option<&str>, event: Option<&str>| {
            let query = DeliveryQuery {
                state: state.map(str::to_owned),
                event: event.map(str::to_owned),
                ..DeliveryQuery::default()
            };
            query.which()
        };
        assert_eq!(which(None, None).unwrap(), Which::default());
        let wanted = which(Some("held"), Some("OrderPaid")).unwrap();
        let event = WebhookEvent::Order(OrderEventType::OrderPaid);
        assert_eq!(wanted, Which { state: Some(DeliveryState::Held), event: Some(event) });
        assert_eq!(which(Some("lost"), None).unwrap_err().status().as_u16(), 400);
        assert_eq!(which(None, Some("Ping")).unwrap_err().status().as_u16(), 400);
    }
}
