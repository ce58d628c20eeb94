//! The function of [`search_functions::search`].

use search_functions::finder::Finder;
use search_functions::shelf::Shelf;

#[tokio::main]
async fn main() -> Result<(), web::Error> {
    telemetry::init!();
    let finder = Finder::load(Shelf::from_env(&cloud::config().await)?).await;
    web::serve(search_functions::search::routes(), finder).await
}
