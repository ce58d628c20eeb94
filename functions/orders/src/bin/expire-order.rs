//! The function of [`orders::expire_order`].

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let handle = async |message| orders::expire_order::handle(database, message).await;
    events::work(&config, env!("CARGO_BIN_NAME"), handle).await
}
