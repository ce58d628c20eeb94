//! The function of [`desk::compare_suppliers`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::compare_suppliers::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
