//! The function of [`fulfilment::sweep_tasks`].

use fulfilment::desk::Desk;
use lambda_runtime::{Error, LambdaEvent, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let desk = &Desk::from_env(&cloud::config().await)?;
    let tick = async |_: LambdaEvent<serde_json::Value>| fulfilment::sweep_tasks::handle(desk).await;
    lambda_runtime::run(service_fn(tick)).await
}
