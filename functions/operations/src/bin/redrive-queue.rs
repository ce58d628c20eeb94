//! The function of [`operations::redrive_queue`].

use operations::redrive_queue::Redriver;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Redriver::from_env(&cloud::config().await)?;
    web::serve(operations::redrive_queue::routes(), state).await
}
