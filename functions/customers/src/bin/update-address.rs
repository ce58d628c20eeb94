//! The function of [`customers::update_address`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::update_address::routes(), database).await
}
