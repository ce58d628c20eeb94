//! The token that lets a guest see an order.
//!
//! The token is not stored, only its hash. Yet a repeated request gets the same token again, because it is made of two
//! halves: the client's idempotency key, which we do not store, and a random salt, which we never give away.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::OrderId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Database;
use store::idempotency::hash;
use store::orders::{AccessRecord, OrderPage};
use web::{OrderToken, Problem};

/// A token, and what is stored of it.
pub struct AccessToken {
    /// What the guest gets.
    pub token: String,
    /// What is stored.
    pub record: AccessRecord,
}

/// A token for a new order that was placed with this idempotency key.
#[must_use]
pub fn issue(idempotency_key: &str) -> AccessToken {
    let salt = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let token = derive(&salt, idempotency_key);
    let token_hash = hash(token.as_bytes());
    AccessToken { token, record: AccessRecord { salt, token_hash } }
}

/// The token of an order that was placed with this idempotency key.
#[must_use]
pub fn reissue(record: &AccessRecord, idempotency_key: &str) -> String {
    derive(&record.salt, idempotency_key)
}

fn derive(salt: &str, idempotency_key: &str) -> String {
    // HMAC takes keys of any length (RFC 2104, section 2), so that this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt.as_bytes()) else {
        return String::new();
    };
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
    // The hashes of guesses tell nothing about how near a guess was, so that comparing them may take any time.
    page.filter(|page| page.access.token_hash == hash(token.as_bytes()))
        .ok_or_else(|| Problem::not_found("order"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_token_again_and_another_key_does_not() {
        let issued = issue("key-1");
        assert_eq!(reissue(&issued.record, "key-1"), issued.token);
        assert_ne!(reissue(&issued.record, "key-2"), issued.token);
        assert_ne!(issue("key-1").token, issued.token, "the salt is new for each order");
        assert_eq!(hash(issued.token.as_bytes()), issued.record.token_hash);
        assert_eq!(issued.token.len(), 43, "256 bits in base 64");
    }
}
