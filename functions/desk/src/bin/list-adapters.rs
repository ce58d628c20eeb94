//! The function of [`desk::list_adapters`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(desk::list_adapters::routes(), ()).await
}
