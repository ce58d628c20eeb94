//! The function of [`notify::renew_webhook_secret`].

use notify::desk::WebhookDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::renew_webhook_secret::routes(), WebhookDesk::from_env(&cloud::config().await)?).await
}
