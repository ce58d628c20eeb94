//! The function of [`fulfilment::sync_supplier`].

use events::Queue;
use fulfilment::desk::Desk;
use fulfilment::sync_supplier::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = &Desk::from_env(&config)?;
    let sync = &Queue::from_env(&config, "QUEUE_URL")?;
    events::work(&config, env!("CARGO_BIN_NAME"), async |message| handle(desk, sync, message).await).await
}
