//! `POST /api/me/order-claims`: makes the orders that one placed as a guest one's own.
//!
//! Whoever has shown that an e-mail address is theirs gets the orders that were placed with it. Their tokens open them no
//! more: from then on the account does.

use axum::Json;
use axum::extract::State;
use domain::Order;
use serde::{Deserialize, Serialize};
use store::Database;
use store::buyers::OrdersOf;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded};

use crate::account;
use crate::orders_of::{OrdersError, change_each};

/// The most orders that one request claims: as many as can be written while the client waits.
pub const MAX_CLAIMED: u32 = 200;

/// An empty object: the sign-in says whose orders are meant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimOrders {}

/// What was claimed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimedOrders {
    /// How many orders became yours by this request.
    claimed: u32,
    /// Whether there are orders left that a further request would claim.
    more: bool,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(claim_orders)))
}

#[utoipa::path(
    post,
    path = "/api/me/order-claims",
    tag = "me",
    request_body = ClaimOrders,
    responses(
        (status = 200, description = "What was claimed; a repeated request claims nothing twice", body = ClaimedOrders),
        (status = 403, description = "The e-mail address is not verified, or the account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "An order is being changed by others; a repeated request goes on", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The body is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn claim_orders(
    State(database): State<Database>,
    person: Person,
    Body(ClaimOrders {}): Body<ClaimOrders>,
) -> Result<Json<ClaimedOrders>, Problem> {
    account::require_verified_email(&person)?;
    account::open(&database, &person).await?;
    let claim = |order: &mut Order| {
        let claimed = order.claim(person.id.clone());
        if claimed {
            telemetry::crash::point("claim-orders.before-write", order.id());
        }
        claimed
    };
    let claimed = change_each(&database, OrdersOf::Guest(&person.email), MAX_CLAIMED, claim).await;
    let claimed = claimed.map_err(|error| match error {
        OrdersError::Store(error) => Problem::internal(error),
        contended @ OrdersError::Contended(_) => Problem::conflict(contended.to_string()).retry_after(1),
    })?;
    tracing::info!(customer_id = %person.id, claimed = claimed.orders, more = claimed.more, "orders claimed");
    Ok(Json(ClaimedOrders { claimed: claimed.orders, more: claimed.more }))
}
