//! The function of [`notify::delete_webhook`].

use notify::desk::WebhookDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::delete_webhook::routes(), WebhookDesk::from_env(&cloud::config().await)?).await
}
