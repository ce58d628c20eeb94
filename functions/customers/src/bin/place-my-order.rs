//! The function of [`customers::place_my_order`].

use orders::place::Shop;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    web::serve(customers::place_my_order::routes(), Shop::from_env().await?).await
}
