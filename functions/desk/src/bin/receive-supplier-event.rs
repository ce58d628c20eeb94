//! The function of [`desk::receive_supplier_event`].

use std::sync::Arc;

use fulfilment::desk::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = Arc::new(Desk::from_env(&cloud::config().await)?);
    web::serve(desk::receive_supplier_event::routes(), desk).await
}
