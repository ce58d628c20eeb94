//! The function of [`fulfilment::dispatch_task`].

use fulfilment::desk::Desk;
use fulfilment::dispatch_task::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = &Desk::from_env(&config)?;
    events::work(&config, env!("CARGO_BIN_NAME"), async |message| handle(desk, message).await).await
}
