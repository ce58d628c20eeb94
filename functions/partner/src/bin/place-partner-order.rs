//! The function of [`partner::place_partner_order`].

use partner::place_partner_order::{Shop, handle};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let shop = &Shop::from_env(&config)?;
    events::called(&config, env!("CARGO_BIN_NAME"), async |event| handle(shop, event).await).await
}
