//! The function of [`partner::callback::list_deliveries`].

use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(with_keys(&database, partner::callback::list_deliveries::routes()), database).await
}
