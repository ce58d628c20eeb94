//! The function of [`partner::get_partner_key`].

use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(with_keys(&database, partner::get_partner_key::routes()), database).await
}
