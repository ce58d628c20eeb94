//! The function of [`cart::delete_cart_item`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let currency = cloud::setting("CURRENCY")?;
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(cart::delete_cart_item::routes(), (database, currency)).await
}
