//! The function of [`operations::list_schedules`].

use operations::schedules::Schedules;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Schedules::from_env(&cloud::config().await)?;
    web::serve(operations::list_schedules::routes(), state).await
}
