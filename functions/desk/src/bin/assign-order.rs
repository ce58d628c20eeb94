//! The function of [`desk::orders::assign_order`].

use std::sync::Arc;

use fulfilment::desk::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = Arc::new(Desk::from_env(&cloud::config().await)?);
    web::serve(desk::orders::assign_order::routes(), desk).await
}
