//! The function of [`desk::simulate_routing`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::simulate_routing::routes(), SupplierDesk::from_env(&cloud::config().await)?).await
}
