//! The function of [`desk::tasks::complete_task`].

use std::sync::Arc;

use fulfilment::desk::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = Arc::new(Desk::from_env(&cloud::config().await)?);
    web::serve(desk::tasks::complete_task::routes(), desk).await
}
