//! The function of [`desk::export_offers`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::export_offers::routes(), database).await
}
