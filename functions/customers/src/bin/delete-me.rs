//! The function of [`customers::delete_me`].

use events::Queue;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let queue = Queue::from_env(&config, "DELETION_QUEUE_URL")?;
    web::serve(customers::delete_me::routes(), (store::Database::from_env(&config), queue)).await
}
