//! `GET /api/me/export`: all that the shop holds on whoever is signed in, as one JSON document.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::pacing::Plan;
use domain::{
    Buyer, Cart, CustomerEmail, CustomerId, OrderId, PacedOrder, PacedOrderId, PacedStatus, Review, Sku,
};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use orders::dto::{AddressDto, OrderDto};
use serde::{Deserialize, Serialize};
use store::Database;
use store::audit::AuditEntry;
use store::audit_trail::AuditFilter;
use store::buyers::OrdersOf;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded, page};

use crate::account;
use crate::dto::{BookEntryDto, MeDto};

/// The most orders of one document; further ones are in the document that its `nextCursor` leads to. An order has some
/// 3 KB, and 60 KB at the very most with 96 lines, and a function's answer at most 6 MB.
pub const MAX_ORDERS: i32 = 50;
/// How many orders are read at once.
const PARALLEL_READS: usize = 8;
/// The most entries of the audit trail in a document: the latest. Customers make few, of changes of their consent.
pub const MAX_AUDIT_ENTRIES: i32 = 500;

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The `nextCursor` of the document before.
    cursor: Option<String>,
}

/// All that the shop holds on a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// When it was gathered.
    #[schema(value_type = String, format = DateTime)]
    exported_at: Timestamp,
    /// Who you are.
    profile: MeDto,
    /// Your address book.
    addresses: Vec<BookEntryDto>,
    /// Your orders with their timelines and shipments, the newest first; those too that were placed as a guest with your
    /// verified address.
    orders: Vec<OrderDto>,
    /// What is, or was, released to you over time; also to your verified address as a guest.
    paced_orders: Vec<ExportedPacedOrder>,
    /// What you wrote about products.
    #[schema(value_type = Vec<Object>)]
    reviews: Vec<Review>,
    /// Your cart.
    #[schema(value_type = Option<Object>)]
    cart: Option<Cart>,
    /// What the audit trail says you did, the latest first.
    #[schema(value_type = Vec<Object>)]
    audit: Vec<AuditEntry>,
    /// What to ask for as `cursor` to get a document with further orders; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// What is released to somebody over time.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedPacedOrder {
    /// Its id.
    #[schema(value_type = String, example = "pcd_01JD0000000000000000000000")]
    id: PacedOrderId,
    /// What the shop calls it.
    name: String,
    /// What is released.
    #[schema(value_type = String)]
    sku: Sku,
    /// When, and how much.
    #[schema(value_type = Object)]
    plan: Plan,
    /// Where news of it go.
    #[schema(value_type = String)]
    email: CustomerEmail,
    /// Where it goes.
    shipping_address: AddressDto,
    /// `running`, `paused`, `finished` or `stopped`.
    #[schema(value_type = String, example = "running")]
    status: PacedStatus,
    /// How many pieces were released.
    released: u64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<PacedOrder> for ExportedPacedOrder {
    fn from(order: PacedOrder) -> Self {
        Self {
            id: order.id(),
            name: order.name().to_owned(),
            sku: order.sku().clone(),
            plan: order.plan().clone(),
            email: order.email().clone(),
            shipping_address: order.shipping_address().into(),
            status: order.status(),
            released: order.pieces(),
            created_at: order.created_at(),
        }
    }
}

/// Where a document's orders end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Position {
    /// In the customer's own.
    Own(OrderId),
    /// In those of the guest that they were.
    Guest(Option<OrderId>),
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(export_me)))
}

#[utoipa::path(
    get,
    path = "/api/me/export",
    tag = "me",
    params(ExportQuery),
    responses(
        (status = 200, description = "The document, to be saved as a file", body = Export),
        (status = 400, description = "The cursor is none", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn export_me(
    State(database): State<Database>,
    person: Person,
    query: Result<Query<ExportQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let position = query.cursor.as_deref().map(page::position).transpose()?;
    let exported_at = Timestamp::now();
    let profile = account::open(&database, &person).await?.value;
    let (orders, paced_orders, reviews, cart, audit) = futures::try_join!(
        orders(&database, &person, position),
        paced_orders(&database, &person),
        reviews(&database, &person.id),
        own_cart(&database, &person.id),
        audit(&database, &person.id, exported_at)
    )?;
    let (orders, next) = orders;
    let document = Export {
        exported_at,
        addresses: BookEntryDto::all(&profile.addresses),
        profile: profile.into(),
        orders,
        paced_orders,
        reviews,
        cart,
        audit,
        next_cursor: next.as_ref().map(page::cursor).transpose()?,
    };
    let name = exported_at.to_zoned(TimeZone::UTC).strftime("ironmonger-%Y-%m-%d.json");
    let mut response = Json(document).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The orders of one document, and where the next one goes on.
async fn orders(
    database: &Database,
    person: &Person,
    position: Option<Position>,
) -> Result<(Vec<OrderDto>, Option<Position>), Problem> {
    let mut ids = Vec::new();
    let mut next = position;
    if !matches!(position, Some(Position::Guest(_))) {
        let after = position.and_then(|position| match position {
            Position::Own(id) => Some(id),
            Position::Guest(_) => None,
        });
        let list = database.orders_of(OrdersOf::Customer(&person.id), after, MAX_ORDERS).await;
        let list = list.map_err(Problem::internal)?;
        ids.extend(list.orders.iter().map(|order| order.value.id()));
        next = Some(list.next.map_or(Position::Guest(None), Position::Own));
    }
    if let Some(Position::Guest(after)) = next {
        let room = MAX_ORDERS - i32::try_from(ids.len()).unwrap_or(MAX_ORDERS);
        next = if !person.email_verified {
            None
        } else if room == 0 {
            Some(Position::Guest(after))
        } else {
            let list = database.orders_of(OrdersOf::Guest(&person.email), after, room).await;
            let list = list.map_err(Problem::internal)?;
            ids.extend(list.orders.iter().map(|order| order.value.id()));
            list.next.map(|id| Position::Guest(Some(id)))
        };
    }
    let pages = ids.into_iter().map(|id| database.order_page(id));
    let pages: Vec<_> =
        stream::iter(pages).buffered(PARALLEL_READS).try_collect().await.map_err(Problem::internal)?;
    // The index may still name an order that is nobody's any more.
    let orders = pages.into_iter().flatten().filter(|page| {
        let order = &page.order.value;
        order.is_of(&person.id) || *order.buyer() == Buyer::Guest
    });
    Ok((orders.map(OrderDto::of_page).collect::<Result<_, _>>()?, next))
}

async fn paced_orders(database: &Database, person: &Person) -> Result<Vec<ExportedPacedOrder>, Problem> {
    let own = database.paced_orders_of(OrdersOf::Customer(&person.id)).await;
    let mut orders = own.map_err(Problem::internal)?;
    if person.email_verified {
        let as_guest = database.paced_orders_of(OrdersOf::Guest(&person.email)).await;
        orders.extend(as_guest.map_err(Problem::internal)?);
    }
    Ok(orders.into_iter().map(|order| order.value.into()).collect())
}

async fn reviews(database: &Database, id: &CustomerId) -> Result<Vec<Review>, Problem> {
    let reviews = database.reviews_of(id).await.map_err(Problem::internal)?;
    Ok(reviews.into_iter().map(|review| review.value).collect())
}

async fn own_cart(database: &Database, id: &CustomerId) -> Result<Option<Cart>, Problem> {
    let Some(cart) = database.cart_id_of(id).await.map_err(Problem::internal)? else { return Ok(None) };
    Ok(cart::find(database, cart).await?.map(|cart| cart.value))
}

async fn audit(database: &Database, id: &CustomerId, now: Timestamp) -> Result<Vec<AuditEntry>, Problem> {
    let filter = AuditFilter::Actor(id.to_string());
    let today = now.to_zoned(TimeZone::UTC).date();
    let page = database.audit_trail(&filter, None, today, MAX_AUDIT_ENTRIES).await;
    Ok(page.map_err(Problem::internal)?.entries)
}
