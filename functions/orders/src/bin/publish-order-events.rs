//! The function of [`orders::publish_order_events`].

use lambda_runtime::{Error, service_fn};
use orders::publish_order_events::{Bus, handle};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let bus = &Bus::from_env(&cloud::config().await)?;
    lambda_runtime::run(service_fn(|event| handle(bus, event))).await
}
