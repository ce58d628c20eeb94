//! The function of [`notify::recover_webhook_deliveries`].

use notify::desk::Sender;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::recover_webhook_deliveries::routes(), Sender::from_env(&cloud::config().await)?).await
}
