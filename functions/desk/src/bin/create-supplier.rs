//! The function of [`desk::create_supplier`].

use desk::create_supplier::ConfigurationDesk;
use desk::{SupplierDesk, http_client};

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let desk = SupplierDesk::from_env(&cloud::config().await)?;
    web::serve(desk::create_supplier::routes(), ConfigurationDesk { desk, http: http_client()? }).await
}
