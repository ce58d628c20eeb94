//! The function of [`console::create_image_upload`].

use console::create_image_upload::{self, Desk};
use console::uploads::Uploads;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init();
    let config = cloud::config().await;
    let desk = Desk { database: store::Database::from_env(&config), uploads: Uploads::from_env(&config)? };
    web::serve(create_image_upload::routes(), desk).await
}
