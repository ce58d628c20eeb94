//! The function of [`catalog::list_categories`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(catalog::list_categories::routes(), database).await
}
