//! The function of [`fulfilment::sweep_tasks`].

use fulfilment::desk::Desk;
use fulfilment::sweep_tasks::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = &Desk::from_env(&config)?;
    events::scheduled(&config, env!("CARGO_BIN_NAME"), async || handle(desk).await).await
}
