//! The function of [`console::revoke_partner_key`].

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let database = store::Database::from_env(&cloud::config().await);
    web::serve(console::revoke_partner_key::routes(), database).await
}
