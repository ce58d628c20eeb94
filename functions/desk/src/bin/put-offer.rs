//! The function of [`desk::put_offer`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::put_offer::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
