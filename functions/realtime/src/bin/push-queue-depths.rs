//! The function of [`realtime::push_queue_depths`].

use realtime::push_queue_depths::{Gauge, handle};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let gauge = &Gauge::from_env(&config)?;
    events::scheduled(&config, env!("CARGO_BIN_NAME"), async || handle(gauge).await).await
}
