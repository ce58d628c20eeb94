//! The function of [`console::create_product_import`].

use console::create_image_upload::Desk;
use console::create_product_import;
use console::uploads::Uploads;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init();
    let config = cloud::config().await;
    let desk = Desk { database: store::Database::from_env(&config), uploads: Uploads::from_env(&config)? };
    web::serve(create_product_import::routes(), desk).await
}
