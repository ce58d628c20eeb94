//! The function of [`realtime::unfollow_topics`].

use realtime::socket;
use realtime::unfollow_topics::handle;
use store::Database;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let database = &Database::from_env(&cloud::config().await);
    socket::answer(async |connection, request| handle(database, connection, request).await).await
}
