//! The function of [`desk::orders::list_attention`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::orders::list_attention::routes(), database).await
}
