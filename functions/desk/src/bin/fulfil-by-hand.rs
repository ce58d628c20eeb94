//! The function of [`desk::orders::fulfil_by_hand`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::orders::fulfil_by_hand::routes(), database).await
}
