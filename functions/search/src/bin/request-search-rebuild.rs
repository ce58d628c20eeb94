//! The function of [`search_functions::request_search_rebuild`].

use events::Queue;
use search_functions::request_search_rebuild::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let queue = &Queue::from_env(&config, "REBUILD_QUEUE_URL")?;
    events::called(&config, env!("CARGO_BIN_NAME"), async |call| handle(queue, call).await).await
}
