//! The function of [`notify::list_webhook_event_types`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(notify::list_webhook_event_types::routes(), ()).await
}
