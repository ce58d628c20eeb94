//! The function of [`partner::callback::send_callback`].

use partner::callback::courier::Courier;
use partner::callback::send_callback;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let courier = &Courier::from_env(&config)?;
    let handle = async |message| send_callback::handle(courier, message).await;
    events::work(&config, env!("CARGO_BIN_NAME"), handle).await
}
