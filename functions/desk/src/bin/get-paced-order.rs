//! The function of [`desk::paced::get_paced_order`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::paced::get_paced_order::routes(), database).await
}
