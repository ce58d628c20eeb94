//! The function of [`fulfilment::poll_suppliers`].

use events::Queue;
use fulfilment::poll_suppliers::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let sync = &Queue::from_env(&config, "SYNC_QUEUE_URL")?;
    events::scheduled(&config, env!("CARGO_BIN_NAME"), async || handle(database, sync).await).await
}
