//! The function of [`orders::expire_order`].

use events::Queue;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let queue = Queue::from_env(&config, "QUEUE_URL")?;
    events::work(queue, async |message| orders::expire_order::handle(database, message).await).await
}
