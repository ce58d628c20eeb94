//! The function of [`desk::list_suppliers`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::list_suppliers::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
