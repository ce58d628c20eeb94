//! The function of [`customers::list_my_reviews`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::list_my_reviews::routes(), database).await
}
