//! The function of [`console::bulk_edit_products`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::bulk_edit_products::routes(), database).await
}
