//! The function of [`customers::claim_orders`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::claim_orders::routes(), database).await
}
