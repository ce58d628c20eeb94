//! Requests that have no second effect when they are repeated.

use domain::CustomerId;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Database;
use store::idempotency::IdempotencyKey;
use ulid::Ulid;
use web::Problem;

/// How often a write is tried again that somebody else's write got ahead of.
pub(crate) const MAX_TRIES: u32 = 8;

/// The key of a request to do something with one thing.
pub(crate) fn key(
    deed: &str,
    thing: impl std::fmt::Display,
    key: &str,
    request: &impl Serialize,
) -> Result<IdempotencyKey, Problem> {
    IdempotencyKey::new(format!("{deed}#{thing}"), key, request).map_err(Problem::internal)
}

/// The id of what a request makes: a repeated one of the same person finds what the first one made.
pub(crate) fn id(deed: &str, person: &CustomerId, key: &str) -> Ulid {
    let hash = Sha256::digest(format!("{deed}\n{person}\n{key}"));
    let bits = hash.iter().take(16).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    Ulid::from(bits)
}

/// Whether a request was answered before. The same key with another request is refused.
pub(crate) async fn done(database: &Database, key: &IdempotencyKey) -> Result<bool, Problem> {
    match database.idempotency_record(key).await.map_err(Problem::internal)? {
        None => Ok(false),
        Some(record) if key.matches(&record) => Ok(true),
        Some(_) => Err(::orders::settlement::key_reused()),
    }
}

/// What somebody hears who lost against others again and again.
pub(crate) fn contended() -> Problem {
    Problem::conflict("others are changing this all the time; try again").retry_after(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_a_person_s_stands_for_one_thing() {
        let person =
            |last: char| CustomerId::parse(&format!("c6b4f2d0-0a1b-4c3d-8e9f-0123456789a{last}")).unwrap();
        let made = id("create-supplier", &person('b'), "k");
        assert_eq!(made, id("create-supplier", &person('b'), "k"));
        assert_ne!(made, id("create-supplier", &person('c'), "k"));
        assert_ne!(made, id("create-supplier", &person('b'), "l"));
        assert_ne!(made, id("create-paced-order", &person('b'), "k"));
    }
}
