//! The function of [`catalog::list_reviews`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(catalog::list_reviews::routes(), database).await
}
