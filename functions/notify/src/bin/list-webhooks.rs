//! The function of [`notify::list_webhooks`].

use store::Database;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::list_webhooks::routes(), Database::from_env(&cloud::config().await)).await
}
