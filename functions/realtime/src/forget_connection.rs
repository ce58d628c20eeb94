//! `$disconnect`: forgets a connection that has ended.
//!
//! The API calls this once, as well as it can. A connection whose end it does not tell of is forgotten when something
//! cannot be told to it.

use lambda_runtime::Error;
use store::Database;
use store::followers::ConnectionId;

/// Forgets the connection.
pub async fn handle(database: &Database, connection: &ConnectionId) -> Result<(), Error> {
    Ok(database.forget_connection(connection, &[]).await?)
}
