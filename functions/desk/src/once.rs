//! Requests that have no second effect when they are repeated.

use serde::Serialize;
use store::Database;
use store::idempotency::IdempotencyKey;
pub(crate) use store::idempotency::id;
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
