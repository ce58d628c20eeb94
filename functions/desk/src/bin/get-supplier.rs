//! The function of [`desk::get_supplier`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::get_supplier::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
