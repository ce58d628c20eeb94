//! The function of [`operations::run_schedule`].

use operations::run_schedule::Runner;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Runner::from_env(&cloud::config().await)?;
    web::serve(operations::run_schedule::routes(), state).await
}
