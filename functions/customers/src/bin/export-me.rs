//! The function of [`customers::export_me`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::export_me::routes(), database).await
}
