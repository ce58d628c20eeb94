//! The function of [`partner::receive_partner_orders`].

use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(with_keys(&database, partner::receive_partner_orders::routes()), database).await
}
