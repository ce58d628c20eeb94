//! The function of [`desk::orders::settle_refund`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::orders::settle_refund::routes(), database).await
}
