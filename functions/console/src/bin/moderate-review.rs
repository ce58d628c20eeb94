//! The function of [`console::moderate_review`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::moderate_review::routes(), database).await
}
