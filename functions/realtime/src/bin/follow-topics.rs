//! The function of [`realtime::follow_topics`].

use realtime::follow_topics::{Door, handle};
use realtime::socket;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let door = &Door::from_env(&cloud::config().await)?;
    socket::answer(async |connection, request| handle(door, connection, request).await).await
}
