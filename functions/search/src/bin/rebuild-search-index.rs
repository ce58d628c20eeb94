//! The function of [`search_functions::rebuild_search_index`].

use search_functions::rebuild_search_index::Builder;
use search_functions::shelf::Shelf;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let builder = &Builder::new(store::Database::from_env(&config), Shelf::from_env(&config)?);
    events::work(&config, env!("CARGO_BIN_NAME"), async |message| builder.handle(message).await).await
}
