//! `GET /api/console/customers`: customers by their addresses.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{CustomerEmail, CustomerId, Group, Profile};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

/// Which customers are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerQuery {
    /// What their address begins with, in any case.
    #[param(example = "ada@")]
    email: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many customers: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A customer in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedCustomer {
    /// Who.
    #[schema(value_type = String, example = "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab")]
    pub(crate) id: CustomerId,
    /// Their address.
    #[schema(value_type = String, example = "ada@example.org")]
    pub(crate) email: CustomerEmail,
    /// Whether they have shown that it is theirs.
    pub(crate) email_verified: bool,
    /// What they want to be called.
    pub(crate) name: Option<String>,
    /// When we first saw them.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Timestamp,
}

impl From<&Profile> for ListedCustomer {
    fn from(profile: &Profile) -> Self {
        Self {
            id: profile.id.clone(),
            email: profile.email.clone(),
            email_verified: profile.email_verified,
            name: profile.name.as_ref().map(ToString::to_string),
            created_at: profile.created_at,
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_customers)))
}

#[utoipa::path(
    get,
    path = "/api/console/customers",
    tag = "customers",
    params(CustomerQuery),
    responses(
        (status = 200, description = "A page, by address", body = Page<ListedCustomer>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_customers(
    State(database): State<Database>,
    query: Result<Query<CustomerQuery>, QueryRejection>,
) -> Result<Json<Page<ListedCustomer>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let prefix = query.email.unwrap_or_default();
    if prefix.len() > CustomerEmail::MAX_LENGTH {
        let detail = format!("must have at most {} characters", CustomerEmail::MAX_LENGTH);
        return Err(Problem::bad_parameter("/query/email", detail));
    }
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let list = database.customers(prefix.trim(), after.as_ref(), limit).await.map_err(Problem::internal)?;
    let next_cursor = list.next.as_ref().map(page::cursor).transpose()?;
    let items = list.profiles.iter().map(|profile| (&profile.value).into()).collect();
    Ok(Json(Page { items, next_cursor }))
}
