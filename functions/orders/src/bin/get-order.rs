//! The function of [`orders::get_order`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(orders::get_order::routes(), database).await
}
