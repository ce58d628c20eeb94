//! The function of [`search_functions::request_search_rebuild`].

use events::Queue;
use lambda_runtime::{Error, service_fn};
use search_functions::request_search_rebuild::handle;

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let queue = &Queue::from_env(&cloud::config().await, "REBUILD_QUEUE_URL")?;
    lambda_runtime::run(service_fn(|call| handle(queue, call))).await
}
