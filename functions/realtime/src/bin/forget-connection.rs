//! The function of [`realtime::forget_connection`].

use realtime::forget_connection::handle;
use realtime::socket;
use store::Database;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let database = &Database::from_env(&cloud::config().await);
    socket::serve(async |connection, _| handle(database, connection).await.map(|()| None)).await
}
