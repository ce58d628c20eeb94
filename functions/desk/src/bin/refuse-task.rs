//! The function of [`desk::tasks::refuse_task`].

use std::sync::Arc;

use fulfilment::desk::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = Arc::new(Desk::from_env(&cloud::config().await)?);
    web::serve(desk::tasks::refuse_task::routes(), desk).await
}
