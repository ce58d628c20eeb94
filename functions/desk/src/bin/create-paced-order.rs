//! The function of [`desk::paced::create_paced_order`].

use desk::SupplierDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = SupplierDesk::from_env(&cloud::config().await)?;
    web::serve(desk::paced::create_paced_order::routes(), desk).await
}
