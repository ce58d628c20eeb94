//! The function of [`orders::place_order`].

use jiff::SignedDuration;
use orders::place_order::{Shop, routes};

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init();
    let shop = Shop {
        currency: cloud::setting("CURRENCY")?,
        payment_window: SignedDuration::from_secs(cloud::setting("PAYMENT_WINDOW_SECONDS")?),
        database: store::Database::from_env(&cloud::config().await),
    };
    web::serve(routes(), shop).await
}
