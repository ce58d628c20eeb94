//! The function of [`desk::paced::list_paced_orders`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::paced::list_paced_orders::routes(), database).await
}
