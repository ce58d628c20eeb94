//! `GET /api/console/fulfilment/attention`: the orders that need a person.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, Order, OrderEventType, OrderId};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::orders::OrderEvent;
use store::{Database, StoreError};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, MoneyDto, Page, Problem, guarded, page};

/// How many orders' timelines are read at once.
const PARALLEL: usize = 8;

/// Which orders are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttentionQuery {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many orders: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// An order that needs a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttentionRow {
    /// The order's id.
    #[schema(example = "ord_01JD0000000000000000000000")]
    id: String,
    /// What people call it.
    #[schema(example = "7Q2M4-K9F3B")]
    number: String,
    /// Where it stands.
    #[schema(value_type = String, example = "needsAttention")]
    status: &'static str,
    /// Why.
    reason: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What it cost the customer.
    total: MoneyDto,
    /// How many pieces nobody sends.
    unassigned: u64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_attention)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/attention",
    tag = "fulfilment: orders",
    params(AttentionQuery),
    responses(
        (status = 200, description = "A page, the orders that were placed first on top", body = Page<AttentionRow>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_attention(
    State(database): State<Database>,
    query: Result<Query<AttentionQuery>, QueryRejection>,
) -> Result<Json<Page<AttentionRow>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after: Option<OrderId> = query.cursor.as_deref().map(page::position).transpose()?;
    let found = database.orders_needing_attention(after, limit).await.map_err(Problem::internal)?;
    let rows = found.orders.into_iter().map(|order| row(&database, order.value));
    let items = stream::iter(rows).buffered(PARALLEL).try_collect().await.map_err(Problem::internal)?;
    Ok(Json(Page { items, next_cursor: found.next.as_ref().map(page::cursor).transpose()? }))
}

async fn row(database: &Database, order: Order) -> Result<AttentionRow, StoreError> {
    let page = database.order_page(order.id()).await?;
    Ok(AttentionRow::of(&order, &page.map(|page| page.events).unwrap_or_default()))
}

impl AttentionRow {
    fn of(order: &Order, events: &[OrderEvent]) -> Self {
        Self {
            id: order.id().to_string(),
            number: order.number(),
            status: order.status().name(),
            reason: order.attention().unwrap_or_default().to_owned(),
            at: since(order, events),
            total: order.totals().total.into(),
            unassigned: order.unassigned().values().map(|pieces| u64::from(pieces.get())).sum(),
        }
    }
}

/// When a person was called last.
fn since(order: &Order, events: &[OrderEvent]) -> Timestamp {
    let called = events.iter().rev().find(|event| event.event_type == OrderEventType::OrderNeedsAttention);
    called.map_or(order.created_at(), |event| event.at)
}
