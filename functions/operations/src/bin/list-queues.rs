//! The function of [`operations::list_queues`].

use operations::list_queues::Queues;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Queues::from_env(&cloud::config().await)?;
    web::serve(operations::list_queues::routes(), state).await
}
