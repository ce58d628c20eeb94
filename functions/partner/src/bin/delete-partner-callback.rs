//! The function of [`partner::callback::delete_callback`].

use partner::callback::courier::CallbackDesk;
use web::partner::with_keys;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = CallbackDesk::from_env(&cloud::config().await)?;
    web::serve(with_keys(&desk.database, partner::callback::delete_callback::routes()), desk).await
}
