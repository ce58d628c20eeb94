//! The function of [`partner::sweep_partner_orders`].

use partner::place_partner_order::Shop;
use partner::sweep_partner_orders::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let shop = &Shop::from_env(&config)?;
    events::scheduled(&config, env!("CARGO_BIN_NAME"), async || handle(shop).await).await
}
