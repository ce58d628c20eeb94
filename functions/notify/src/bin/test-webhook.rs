//! The function of [`notify::test_webhook`].

use notify::desk::Teller;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::test_webhook::routes(), Teller::from_env(&cloud::config().await)?).await
}
