//! The function of [`orders::release_instalments`].

use orders::release_instalments::{Releasing, handle};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk =
        &Releasing { database: store::Database::from_env(&config), currency: cloud::setting("CURRENCY")? };
    events::scheduled(&config, env!("CARGO_BIN_NAME"), async || handle(desk).await).await
}
