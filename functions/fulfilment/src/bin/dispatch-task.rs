//! The function of [`fulfilment::dispatch_task`].

use events::Queue;
use fulfilment::desk::Desk;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init();
    let config = cloud::config().await;
    let desk = &Desk::from_env(&config)?;
    let queue = Queue::from_env(&config, "QUEUE_URL")?;
    events::work(queue, async |message| fulfilment::dispatch_task::handle(desk, message).await).await
}
