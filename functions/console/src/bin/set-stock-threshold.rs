//! The function of [`console::set_stock_threshold`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::set_stock_threshold::routes(), database).await
}
