//! The function of [`desk::set_supplier_status`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::set_supplier_status::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
