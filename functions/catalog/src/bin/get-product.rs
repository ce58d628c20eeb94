//! The function of [`catalog::get_product`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(catalog::get_product::routes(), database).await
}
