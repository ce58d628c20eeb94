//! `GET /api/console/customers/{id}`: what the shop knows about a customer.

use axum::Json;
use axum::extract::{Path, State};
use domain::{AddressId, Group, Order, OrderId};
use jiff::Timestamp;
use orders::dto::AddressDto;
use serde::Serialize;
use store::Database;
use store::buyers::OrdersOf;
use store::customers::Account;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, MoneyDto, Problem, guarded};

use crate::list_customers::ListedCustomer;
use crate::staff;

/// How many of a customer's orders are shown, the newest first.
pub const LAST_ORDERS: i32 = 10;

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerDetail {
    #[serde(flatten)]
    customer: ListedCustomer,
    /// Whether they want to be written to about offers.
    marketing_consent: bool,
    /// Where goods may go.
    addresses: Vec<CustomerAddress>,
    /// Their last orders, up to ten, the newest first.
    orders: Vec<CustomerOrder>,
}

/// An address that a customer keeps.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerAddress {
    /// The address' id.
    #[schema(value_type = String)]
    id: AddressId,
    /// Whether it is proposed first.
    is_default: bool,
    #[serde(flatten)]
    address: AddressDto,
}

/// An order of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerOrder {
    /// The order's id.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    id: OrderId,
    /// What people call the order.
    number: String,
    /// Where it stands.
    #[schema(example = "fulfilled")]
    status: &'static str,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// What it costs.
    total: MoneyDto,
    /// How many different things it holds.
    item_count: usize,
    /// The first of them.
    title: String,
}

impl From<&Order> for CustomerOrder {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id(),
            number: order.number(),
            status: order.status().name(),
            created_at: order.created_at(),
            total: order.totals().total.into(),
            item_count: order.lines().len(),
            title: order.lines().first().map(|line| line.title.clone()).unwrap_or_default(),
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_customer)))
}

#[utoipa::path(
    get,
    path = "/api/console/customers/{id}",
    tag = "customers",
    params(("id" = String, Path, description = "The customer's id")),
    responses(
        (status = 200, description = "The customer", body = CustomerDetail),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such customer", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_customer(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<CustomerDetail>, Problem> {
    let id = staff::id(&id)?;
    let account = database.account(&id).await.map_err(Problem::internal)?;
    let Some(Account::Open(profile)) = account else {
        return Err(Problem::not_found("customer"));
    };
    let orders = database.orders_of(OrdersOf::Customer(&id), None, LAST_ORDERS).await;
    let orders = orders.map_err(Problem::internal)?.orders;
    let book = &profile.value.addresses;
    let address = |entry: &domain::address_book::BookEntry| CustomerAddress {
        id: entry.id,
        is_default: book.is_default(entry.id),
        address: (&entry.address).into(),
    };
    Ok(Json(CustomerDetail {
        customer: (&profile.value).into(),
        marketing_consent: profile.value.marketing_consent,
        addresses: book.entries().iter().map(address).collect(),
        orders: orders.iter().map(|order| (&order.value).into()).collect(),
    }))
}
