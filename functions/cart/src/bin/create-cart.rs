//! The function of [`cart::create_cart`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let currency = cloud::setting("CURRENCY")?;
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(cart::create_cart::routes(), (database, currency)).await
}
