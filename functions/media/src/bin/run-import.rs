//! The function of [`media::run_import`].

use media::files::Uploads;
use media::run_import::{self, Stockroom};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let stockroom = &Stockroom {
        database: store::Database::from_env(&config),
        uploads: Uploads::from_env(aws_sdk_s3::Client::new(&config))?,
        currency: cloud::setting("CURRENCY")?,
    };
    let handle = async |event| run_import::handle(stockroom, event).await;
    events::called(&config, env!("CARGO_BIN_NAME"), handle).await
}
