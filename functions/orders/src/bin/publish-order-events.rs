//! The function of [`orders::publish_order_events`].

use events::Bus;
use orders::publish_order_events::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let bus = &Bus::from_env(&config)?;
    events::called(&config, env!("CARGO_BIN_NAME"), async |event| handle(bus, event).await).await
}
