//! The function of [`desk::paced::set_paced_order_status`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::paced::set_paced_order_status::routes(), database).await
}
