//! The function of [`notify::update_webhook`].

use notify::desk::Teller;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::update_webhook::routes(), Teller::from_env(&cloud::config().await)?).await
}
