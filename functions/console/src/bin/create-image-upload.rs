//! The function of [`console::create_image_upload`].

use console::create_image_upload;
use console::uploads::Desk;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = Desk::from_env(&config)?;
    web::serve(create_image_upload::routes(), desk).await
}
