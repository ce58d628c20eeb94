//! `GET /api/me/orders`: one's orders, the newest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Order, OrderId, OrderLine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use store::buyers::OrdersOf;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, MoneyDto, Page, Person, Problem, guarded, page};

/// What part of the list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MyOrdersQuery {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many orders: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// An order in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedOrder {
    /// The order's id.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    id: OrderId,
    /// The number to read out on the phone.
    #[schema(example = "7Q2M4-K9F3B")]
    number: String,
    /// `pendingPayment`, `paid`, `fulfilling`, `fulfilled`, `expired`, `needsAttention`, `cancelled` or
    /// `refunded`.
    #[schema(value_type = String, example = "paid")]
    status: &'static str,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// What it costs.
    total: MoneyDto,
    /// How many pieces are in it.
    item_count: u64,
    /// The name of the first product in it.
    title: String,
}

impl From<&Order> for ListedOrder {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id(),
            number: order.number(),
            status: order.status().name(),
            created_at: order.created_at(),
            total: order.totals().total.into(),
            item_count: order.lines().iter().map(|line: &OrderLine| u64::from(line.quantity.get())).sum(),
            title: order.lines().first().map(|line| line.title.clone()).unwrap_or_default(),
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(list_my_orders)))
}

#[utoipa::path(
    get,
    path = "/api/me/orders",
    tag = "me",
    params(MyOrdersQuery),
    responses(
        (status = 200, description = "A page, the newest first", body = Page<ListedOrder>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_my_orders(
    State(database): State<Database>,
    person: Person,
    query: Result<Query<MyOrdersQuery>, QueryRejection>,
) -> Result<Json<Page<ListedOrder>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let list = database.orders_of(OrdersOf::Customer(&person.id), after, limit).await;
    let list = list.map_err(Problem::internal)?;
    let items = list.orders.iter().map(|order| (&order.value).into()).collect();
    Ok(Json(Page { items, next_cursor: list.next.as_ref().map(page::cursor).transpose()? }))
}
