//! The function of [`customers::list_addresses`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::list_addresses::routes(), database).await
}
