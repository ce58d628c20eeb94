//! The function of [`operations::update_schedule`].

use operations::schedules::Schedules;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Schedules::from_env(&cloud::config().await)?;
    web::serve(operations::update_schedule::routes(), state).await
}
