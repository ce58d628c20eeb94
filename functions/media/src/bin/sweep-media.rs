//! The function of [`media::sweep_media`].

use media::files::Media;
use media::sweep_media;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let database = &store::Database::from_env(&config);
    let media = &Media::from_env(aws_sdk_s3::Client::new(&config))?;
    let sweep = async || sweep_media::sweep(database, media).await;
    events::scheduled(&config, env!("CARGO_BIN_NAME"), sweep).await
}
