//! The function of [`notify::set_webhook_status`].

use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::set_webhook_status::routes(), Database::from_env(&cloud::config().await)).await
}
