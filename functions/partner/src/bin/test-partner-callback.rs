//! The function of [`partner::callback::test_callback`].

use partner::callback::courier::Courier;
use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let courier = Courier::from_env(&cloud::config().await)?;
    web::serve(with_keys(&courier.desk.database, partner::callback::test_callback::routes()), courier).await
}
