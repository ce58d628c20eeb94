//! The function of [`desk::delete_offer`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::delete_offer::routes(), database).await
}
