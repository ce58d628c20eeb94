//! `POST /api/console/fulfilment/paced-orders`: a new paced order.

use ::orders::dto::AddressDto;
use ::orders::settlement::key_reused;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::pacing::NewPacedOrder;
use domain::{Address, CustomerEmail, CustomerId, Group, PacedOrder, PacedOrderId, Sku};
use jiff::Timestamp;
use serde::Deserialize;
use store::customers::Account;
use store::{CommitError, Database, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, IdempotencyKeyHeader, Person, Problem, guarded, tagged};

use super::order::PacedOrderDetail;
use super::plan::PlanDto;
use super::{Article, entry, load, view};
use crate::{SupplierDesk, actor, once};

/// A paced order to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PacedOrderInput {
    /// What people shall call it: 1 to 100 characters.
    #[schema(example = "Nails for the site")]
    name: String,
    /// Where news of its orders go.
    #[schema(example = "ada@example.org")]
    email: String,
    /// Which customer's its orders are; null where they are a guest's.
    #[serde(default)]
    #[schema(example = "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab")]
    customer_id: Option<String>,
    /// Where its goods go.
    shipping_address: AddressDto,
    /// What is released.
    #[schema(example = "NAIL-50")]
    sku: String,
    /// When, and how much.
    plan: PlanDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_paced_order)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/paced-orders",
    tag = "fulfilment: paced orders",
    params(("Idempotency-Key" = String, Header, description = "New for each paced order; the same again for a repeated request")),
    request_body = PacedOrderInput,
    responses(
        (status = 201, description = "The paced order, which runs. A repeated request gets the same one, as it is now", body = PacedOrderDetail),
        (status = 400, description = "The header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_paced_order(
    State(desk): State<SupplierDesk>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    person: Person,
    Body(input): Body<PacedOrderInput>,
) -> Result<Response, Problem> {
    let id = PacedOrderId::from_ulid(once::id("create-paced-order", &person.id, &key));
    let order = input.into_order(&desk, id, &person).await?;
    match create(&desk.database, &order, &person).await {
        Ok(()) => tracing::info!(paced_order_id = %id, "paced order made"),
        // The key was used before.
        Err(CommitError::Refused(_)) => {}
        Err(CommitError::Store(error)) => return Err(Problem::internal(error)),
    }
    let stored = load(&desk.database, id).await?;
    if !is_repeated(&stored.value, &order) {
        return Err(key_reused());
    }
    let created = view(&desk.database, &stored).await?;
    Ok(tagged(stored.version, (StatusCode::CREATED, Json(created)).into_response()))
}

async fn create(database: &Database, order: &PacedOrder, person: &Person) -> Result<(), CommitError> {
    let entry = entry(&actor(person), "pacedOrder.created", None, order)?;
    let mut transaction = database.transaction();
    transaction.create_paced_order(order)?.audit(&entry)?;
    transaction.commit().await
}

/// Whether somebody asked for the same twice.
fn is_repeated(one: &PacedOrder, other: &PacedOrder) -> bool {
    let asked = |order: &PacedOrder| {
        let whom = (order.customer().cloned(), order.email().clone(), order.shipping_address().clone());
        (order.name().to_owned(), order.sku().clone(), order.plan().clone(), whom)
    };
    asked(one) == asked(other)
}

impl PacedOrderInput {
    async fn into_order(
        self,
        desk: &SupplierDesk,
        id: PacedOrderId,
        person: &Person,
    ) -> Result<PacedOrder, Problem> {
        let now = Timestamp::now();
        let mut fields = Fields::default();
        let name = fields.parsed("/name", PacedOrder::parse_name(&self.name));
        let email = fields.parsed("/email", CustomerEmail::parse(&self.email));
        let address = fields.parsed_group("/shippingAddress", Address::parse(self.shipping_address.into()));
        let sku = fields.parsed("/sku", Sku::parse(&self.sku));
        let plan = self.plan.parse(&mut fields, desk.currency, now);
        let customer = match self.customer_id.as_deref().map(CustomerId::parse).transpose() {
            Ok(None) => Some(None),
            Ok(Some(id)) => {
                let known = is_customer(&desk.database, &id).await.map_err(Problem::internal)?;
                fields.parsed(
                    "/customerId",
                    if known { Ok(Some(id)) } else { Err("is no customer of the shop") },
                )
            }
            Err(error) => fields.parsed("/customerId", Err(error)),
        };
        let article = match &sku {
            Some(sku) => Article::load(&desk.database, sku).await.map_err(Problem::internal)?,
            None => None,
        };
        if sku.is_some() && article.is_none() {
            let _none: Option<()> = fields.parsed("/sku", Err("is not for sale"));
        }
        let (Some(name), Some(email), Some(shipping_address), Some(_)) = (name, email, address, article)
        else {
            return Err(fields.into_problem());
        };
        let (Some(sku), Some(plan), Some(customer)) = (sku, plan, customer) else {
            return Err(fields.into_problem());
        };
        let created_by = person.email.to_string();
        let currency = desk.currency;
        let new =
            NewPacedOrder { id, name, customer, email, shipping_address, sku, plan, created_by, currency };
        Ok(PacedOrder::new(new, now))
    }
}

/// Whether somebody has an account, and keeps it.
async fn is_customer(database: &Database, id: &CustomerId) -> Result<bool, StoreError> {
    let account = database.account(id).await?;
    Ok(matches!(account, Some(Account::Open(profile)) if !profile.value.is_closing()))
}
