//! The function of [`partner::callback::get_callback`].

use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(with_keys(&database, partner::callback::get_callback::routes()), database).await
}
