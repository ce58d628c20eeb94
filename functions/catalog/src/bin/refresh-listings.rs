//! The function of [`catalog::refresh_listings`].

use catalog::refresh_listings::handle;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    events::called(&config, env!("CARGO_BIN_NAME"), async |event| handle(database, event).await).await
}
