//! The function of [`desk::test_supplier`].

use std::sync::Arc;

use desk::http_client;
use desk::test_supplier::TestDesk;
use secrets::Secrets;
use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let secrets = Arc::new(Secrets::from_env(&config)?);
    let desk = TestDesk { database: Database::from_env(&config), secrets, http: http_client()? };
    web::serve(desk::test_supplier::routes(), desk).await
}
