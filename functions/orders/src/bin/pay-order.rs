//! The function of [`orders::pay_order`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(orders::pay_order::routes(), database).await
}
