//! The function of [`customers::delete_customer`].

use customers::delete_customer::{Forgetting, handle};
use identity::Directory;
use store::Database;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let shop =
        &Forgetting { database: Database::from_env(&config), directory: Directory::from_env(&config)? };
    events::work(&config, env!("CARGO_BIN_NAME"), async |message| handle(shop, message).await).await
}
