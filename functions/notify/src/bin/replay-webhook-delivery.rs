//! The function of [`notify::replay_webhook_delivery`].

use notify::desk::Sender;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::replay_webhook_delivery::routes(), Sender::from_env(&cloud::config().await)?).await
}
