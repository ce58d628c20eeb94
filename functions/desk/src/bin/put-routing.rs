//! The function of [`desk::put_routing`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::put_routing::routes(), database).await
}
