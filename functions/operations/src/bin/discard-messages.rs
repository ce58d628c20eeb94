//! The function of [`operations::discard_messages`].

use operations::discard_messages::Discarder;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let state = Discarder::from_env(&cloud::config().await)?;
    web::serve(operations::discard_messages::routes(), state).await
}
