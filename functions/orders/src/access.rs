//! Who may see an order: a customer theirs, and a guest the one they have the token of.
//!
//! The token is not stored, only its hash. Yet a repeated request gets the same token again, because it is made of two
//! halves: the client's idempotency key, which we do not store, and a random salt, which we never give away.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CustomerId, OrderId};
use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Database;
use store::idempotency::hash;
use store::orders::{AccessRecord, OrderPage};
use web::{OrderToken, Problem};

/// What is stored for a new order that is placed with this idempotency key.
#[must_use]
pub fn issue(idempotency_key: &str) -> AccessRecord {
    let salt = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let token_hash = hash(token(&salt, idempotency_key).as_bytes());
    AccessRecord { salt, token_hash }
}

/// The token of an order that was placed with this idempotency key.
#[must_use]
pub fn token(salt: &str, idempotency_key: &str) -> String {
    // A key shorter than a block of the hash is padded with zeros (RFC 2104, section 2); a salt is.
    let mut key = Key::<Hmac<Sha256>>::default();
    key.iter_mut().zip(salt.bytes()).for_each(|(key, salt)| *key = salt);
    let mut mac = Hmac::<Sha256>::new(&key);
    mac.update(idempotency_key.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// An order's page, for whoever holds its token. Somebody with a wrong token learns nothing, not even that the order is
/// there.
pub async fn order_page(database: &Database, id: &str, token: OrderToken) -> Result<OrderPage, Problem> {
    let id = OrderId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let Some(token) = token.0 else {
        let error = web::FieldProblem::new(
            "/header/X-Order-Token",
            "is required: the accessToken of the placed order",
        );
        let status = axum::http::StatusCode::UNAUTHORIZED;
        let detail = "the order is shown only with its token";
        return Err(
            Problem::new(status, "order-token-required", "Token required", detail).with_errors(vec![error])
        );
    };
    let page = database.order_page(id).await.map_err(Problem::internal)?;
    page.filter(|page| page.access.as_ref().is_some_and(|access| access.opens_with(&token)))
        .ok_or_else(|| Problem::not_found("order"))
}

/// A customer's order's page. Anybody else learns nothing, not even that the order is there.
pub async fn own_order_page(
    database: &Database,
    id: &str,
    customer: &CustomerId,
) -> Result<OrderPage, Problem> {
    let id = OrderId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let page = database.order_page(id).await.map_err(Problem::internal)?;
    page.filter(|page| page.order.value.is_of(customer)).ok_or_else(|| Problem::not_found("order"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_token_again_and_another_key_does_not() {
        let record = issue("key-1");
        let first = token(&record.salt, "key-1");
        assert_eq!(hash(first.as_bytes()), record.token_hash);
        assert_eq!(token(&record.salt, "key-1"), first);
        assert_ne!(token(&record.salt, "key-2"), first);
        assert_ne!(issue("key-1").salt, record.salt, "the salt is new for each order");
        assert_eq!(first.len(), 43, "256 bits in base 64");
    }
}
