//! The function of [`fulfilment::plan_order`].

use fulfilment::desk::Desk;
use fulfilment::plan_order::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = &Desk::from_env(&config)?;
    events::work(&config, env!("CARGO_BIN_NAME"), async |message| handle(desk, message).await).await
}
