//! The function of [`notify::fan_out_event`].

use notify::fan_out_event::{self, FanOut};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let fan_out = &FanOut::from_env(&config)?;
    let handle = async |event| fan_out_event::handle(fan_out, event).await;
    events::work(&config, env!("CARGO_BIN_NAME"), handle).await
}
