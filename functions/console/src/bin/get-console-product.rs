//! The function of [`console::get_console_product`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::get_console_product::routes(), database).await
}
