//! The operators' routes, one file each: schedules and their runs, what workers did, queues and dead letters.

pub mod cron;
pub mod discard_messages;
pub mod expression;
pub mod known;
pub mod letters;
pub mod list_queues;
pub mod list_runs;
pub mod list_schedules;
pub mod peek_queue;
pub mod redrive_queue;
pub mod run;
pub mod run_schedule;
pub mod schedules;
pub mod update_schedule;

use store::audit::{Actor, ActorKind, AuditEntry};
use store::{Database, StoreError};
use web::{Person, Problem};

/// Whoever is signed in, as the audit trail knows them.
#[must_use]
pub fn actor(person: &Person) -> Actor {
    Actor { kind: ActorKind::Staff, id: person.id.to_string(), email: Some(person.email.clone()) }
}

/// Writes an entry of the audit trail before the change that it tells of. Schedules and queues take no part in a table's
/// transaction; in this order nothing is changed that is not told, though something may be told that then failed.
async fn note(database: &Database, entry: Result<AuditEntry, StoreError>) -> Result<(), Problem> {
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction.audit(&entry).map_err(Problem::internal)?;
    transaction.commit().await.map_err(Problem::internal)
}
