//! The function of [`desk::preview_adapter`].

use desk::http_client;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::preview_adapter::routes(), http_client()?).await
}
