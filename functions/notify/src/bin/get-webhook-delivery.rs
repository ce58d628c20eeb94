//! The function of [`notify::get_webhook_delivery`].

use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::get_webhook_delivery::routes(), Database::from_env(&cloud::config().await)).await
}
