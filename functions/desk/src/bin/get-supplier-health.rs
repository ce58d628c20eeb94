//! The function of [`desk::get_supplier_health`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::get_supplier_health::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
