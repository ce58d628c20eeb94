//! The function of [`console::get_product_import`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::get_product_import::routes(), database).await
}
