//! The function of [`customers::get_my_order`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(customers::get_my_order::routes(), database).await
}
