//! The function of [`console::put_synonyms`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::put_synonyms::routes(), database).await
}
