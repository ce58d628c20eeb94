//! The function of [`catalog::list_products`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(catalog::list_products::routes(), database).await
}
