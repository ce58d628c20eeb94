//! The function of [`operations::peek_queue`].

use operations::peek_queue::Peeker;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Peeker::from_env(&cloud::config().await)?;
    web::serve(operations::peek_queue::routes(), state).await
}
