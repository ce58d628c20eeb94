//! The function of [`desk::orders::get_desk_order`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(desk::orders::get_desk_order::routes(), database).await
}
