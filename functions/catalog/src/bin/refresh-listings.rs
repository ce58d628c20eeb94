//! The function of [`catalog::refresh_listings`].

use lambda_runtime::{Error, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let database = &store::Database::from_env(&cloud::config().await);
    lambda_runtime::run(service_fn(|event| catalog::refresh_listings::handle(database, event))).await
}
