//! The function of [`media::sweep_media`].

use lambda_runtime::{Error, LambdaEvent, service_fn};
use media::files::Media;
use media::sweep_media;

#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let media = &Media::from_env(aws_sdk_s3::Client::new(&config))?;
    let sweep = async |_: LambdaEvent<serde_json::Value>| sweep_media::sweep(database, media).await;
    lambda_runtime::run(service_fn(sweep)).await
}
