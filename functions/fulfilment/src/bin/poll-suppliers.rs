//! The function of [`fulfilment::poll_suppliers`].

use events::Queue;
use lambda_runtime::{Error, LambdaEvent, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let sync = &Queue::from_env(&config, "SYNC_QUEUE_URL")?;
    let tick =
        async |_: LambdaEvent<serde_json::Value>| fulfilment::poll_suppliers::handle(database, sync).await;
    lambda_runtime::run(service_fn(tick)).await
}
