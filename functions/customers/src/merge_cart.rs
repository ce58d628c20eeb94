//! `PUT /api/me/cart`: takes what somebody put into a cart before they signed in over into their own.
//!
//! Both carts and the pointer to the customer's change in one transaction, so that no line is lost or counted twice,
//! wherever it dies. What finds no room stays in the guest's cart; a cart that is empty then is gone.

use axum::Json;
use axum::extract::State;
use cart::dto::CartDto;
use domain::{Cart, CartId, CartLine, Currency, CustomerId, Sku};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::account;

/// Which cart to take over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MergeCart {
    /// The cart that was filled before signing in.
    #[schema(example = "crt_01JD0000000000000000000000")]
    cart_id: String,
}

/// One's cart after another one was taken over into it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedCart {
    #[serde(flatten)]
    cart: CartDto,
    /// What found no room, because a cart holds at most 96 different articles. It is still in the other cart.
    left_out: Vec<LeftOut>,
}

/// A line that found no room.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// What was wanted.
    #[schema(value_type = String)]
    sku: Sku,
    /// How many.
    quantity: u32,
}

impl From<CartLine> for LeftOut {
    fn from(line: CartLine) -> Self {
        Self { sku: line.sku, quantity: line.quantity.get() }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(merge_cart)))
}

#[utoipa::path(
    put,
    path = "/api/me/cart",
    tag = "me",
    request_body = MergeCart,
    responses(
        (status = 200, description = "Your cart, which has a new id where you had none; quantities were added up", body = MergedCart),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Neither is there such a cart nor have you one", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The body is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn merge_cart(
    State((database, currency)): State<(Database, Currency)>,
    person: Person,
    Body(body): Body<MergeCart>,
) -> Result<Json<MergedCart>, Problem> {
    let mut fields = Fields::default();
    let Some(id) = fields.parsed("/cartId", CartId::parse(&body.cart_id)) else {
        return Err(fields.into_problem());
    };
    account::open(&database, &person).await?;
    for _ in 0..crate::MAX_TRIES {
        if let Some((cart, left_out)) = merge(&database, &person.id, id).await? {
            let cart = CartDto::priced(&database, currency, &cart).await?;
            return Ok(Json(MergedCart { cart, left_out: left_out.into_iter().map(Into::into).collect() }));
        }
    }
    Err(Problem::conflict("the carts are being changed by others; try again").retry_after(1))
}

/// Takes a cart over, and gives the customer's with what found no room; nothing where others wrote in between.
async fn merge(
    database: &Database,
    customer: &CustomerId,
    id: CartId,
) -> Result<Option<(Versioned<Cart>, Vec<CartLine>)>, Problem> {
    let before = database.cart_id_of(customer).await.map_err(Problem::internal)?;
    let mine = match before {
        Some(before) => cart::find(database, before).await?,
        None => None,
    };
    if before == Some(id) {
        return mine.map(|mine| Some((mine, vec![]))).ok_or_else(|| Problem::not_found("cart"));
    }
    let Some(mut guests) = cart::find(database, id).await? else {
        // It was taken over before, or ordered.
        return mine.map(|mine| Some((mine, vec![]))).ok_or_else(|| Problem::not_found("cart"));
    };
    let now = Timestamp::now();
    let mut mine = mine.unwrap_or_else(|| Versioned { value: Cart::new(now), version: 0 });
    let left_out = mine.value.take_in(std::mem::take(&mut guests.value.lines), now);
    guests.value.lines.clone_from(&left_out);
    let mut transaction = database.transaction();
    transaction.save_cart(&mine).map_err(Problem::internal)?;
    if left_out.is_empty() {
        transaction.remove_cart(&guests).map_err(Problem::internal)?;
    } else {
        transaction.save_cart(&guests).map_err(Problem::internal)?;
    }
    if before != Some(mine.value.id) {
        transaction.point_to_cart(customer, mine.value.id, before).map_err(Problem::internal)?;
    }
    telemetry::crash::point("merge-cart.before-write", id);
    if !account::written(transaction.commit().await)? {
        return Ok(None);
    }
    telemetry::crash::point("merge-cart.after-write", id);
    tracing::info!(left_out = left_out.len(), "carts merged");
    Ok(Some((Versioned { version: mine.version + 1, ..mine }, left_out)))
}
