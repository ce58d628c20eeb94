//! The function of [`console::list_stock_history`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::list_stock_history::routes(), database).await
}
