//! The function of [`desk::import_offers`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::import_offers::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
