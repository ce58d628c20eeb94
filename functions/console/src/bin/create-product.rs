//! The function of [`console::create_product`].

use console::catalog_desk::CatalogDesk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let currency = cloud::setting("CURRENCY")?;
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::create_product::routes(), CatalogDesk { database, currency }).await
}
