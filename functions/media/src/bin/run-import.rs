//! The function of [`media::run_import`].

use lambda_runtime::{Error, service_fn};
use media::files::Uploads;
use media::run_import::{self, Stockroom};

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = cloud::config().await;
    let stockroom = &Stockroom {
        database: store::Database::from_env(&config),
        uploads: Uploads::from_env(aws_sdk_s3::Client::new(&config))?,
        currency: cloud::setting("CURRENCY")?,
    };
    lambda_runtime::run(service_fn(|event| run_import::handle(stockroom, event))).await
}
