//! The function of [`orders::place_order`].

use orders::place::Shop;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(orders::place_order::routes(), Shop::from_env().await?).await
}
