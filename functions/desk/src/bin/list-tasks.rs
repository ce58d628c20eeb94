//! The function of [`desk::tasks::list_tasks`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::tasks::list_tasks::routes(), database).await
}
