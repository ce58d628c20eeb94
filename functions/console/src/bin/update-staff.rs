//! The function of [`console::update_staff`].

use identity::{Directory, StaffDesk};

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let desk = StaffDesk::new(Directory::from_env(&config)?, store::Database::from_env(&config));
    web::serve(console::update_staff::routes(), desk).await
}
