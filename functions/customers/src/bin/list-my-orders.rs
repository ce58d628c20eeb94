//! The function of [`customers::list_my_orders`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::list_my_orders::routes(), database).await
}
