//! The function of [`operations::list_runs`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(operations::list_runs::routes(), database).await
}
