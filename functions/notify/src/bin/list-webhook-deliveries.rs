//! The function of [`notify::list_webhook_deliveries`].

use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::list_webhook_deliveries::routes(), Database::from_env(&cloud::config().await)).await
}
