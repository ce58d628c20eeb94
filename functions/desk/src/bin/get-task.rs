//! The function of [`desk::tasks::get_task`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::tasks::get_task::routes(), database).await
}
