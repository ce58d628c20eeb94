//! The function of [`console::create_product_import`].

use console::create_product_import;
use console::uploads::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = Desk::from_env(&config)?;
    web::serve(create_product_import::routes(), desk).await
}
