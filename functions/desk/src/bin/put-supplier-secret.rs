//! The function of [`desk::put_supplier_secret`].

use std::sync::Arc;

use desk::supplier_secret::SecretDesk;
use secrets::Secrets;
use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk =
        SecretDesk { database: Database::from_env(&config), secrets: Arc::new(Secrets::from_env(&config)?) };
    web::serve(desk::put_supplier_secret::routes(), desk).await
}
