//! The function of [`notify::get_webhook`].

use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::get_webhook::routes(), Database::from_env(&cloud::config().await)).await
}
