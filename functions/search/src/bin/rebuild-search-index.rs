//! The function of [`search_functions::rebuild_search_index`].

use events::Queue;
use search_functions::rebuild_search_index::Builder;
use search_functions::shelf::Shelf;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init();
    let config = cloud::config().await;
    let builder = &Builder::new(store::Database::from_env(&config), Shelf::from_env(&config)?);
    let queue = Queue::from_env(&config, "QUEUE_URL")?;
    events::work(queue, async |message| builder.handle(message).await).await
}
