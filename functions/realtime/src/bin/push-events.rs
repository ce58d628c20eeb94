//! The function of [`realtime::push_events`].

use realtime::push_events::handle;
use realtime::pusher::Pusher;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let pusher = &Pusher::from_env(&config)?;
    events::work(&config, env!("CARGO_BIN_NAME"), async |event| handle(pusher, event).await).await
}
