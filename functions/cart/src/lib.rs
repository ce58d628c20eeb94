//! Carts: what somebody means to buy, at the prices of the moment.

pub mod create_cart;
pub mod delete_cart_item;
pub mod dto;
pub mod get_cart;
pub mod put_cart_item;

use domain::{Cart, CartId, Sku};
use jiff::Timestamp;
use store::{Database, Versioned};
use web::Problem;

/// How often a change of a cart is tried again that somebody else's change got ahead of.
const MAX_TRIES: u32 = 8;

/// The cart with this id, if it is still alive.
pub async fn find(database: &Database, id: CartId) -> Result<Option<Versioned<Cart>>, Problem> {
    let cart = database.cart(id).await.map_err(Problem::internal)?;
    // The table deletes expired items only some time after they have expired.
    Ok(cart.filter(|cart| !cart.value.is_expired(Timestamp::now())))
}

/// The cart that a path names.
async fn load(database: &Database, id: &str) -> Result<Versioned<Cart>, Problem> {
    let id = CartId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    find(database, id).await?.ok_or_else(|| Problem::not_found("cart"))
}

fn parse_sku(sku: &str) -> Result<Sku, Problem> {
    Sku::parse(sku).map_err(|error| Problem::bad_parameter("/path/sku", error))
}
