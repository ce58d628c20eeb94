//! The function of [`partner::callback::renew_secret`].

use partner::callback::courier::CallbackDesk;
use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = CallbackDesk::from_env(&cloud::config().await)?;
    web::serve(with_keys(&desk.database, partner::callback::renew_secret::routes()), desk).await
}
