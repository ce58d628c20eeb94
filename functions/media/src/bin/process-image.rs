//! The function of [`media::process_image`].

use media::files::{Media, Uploads};
use media::process_image::{self, Studio};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let s3 = aws_sdk_s3::Client::new(&config);
    let studio = &Studio {
        database: store::Database::from_env(&config),
        uploads: Uploads::from_env(s3.clone())?,
        media: Media::from_env(s3)?,
    };
    let handle = async |event| process_image::handle(studio, event).await;
    events::called(&config, env!("CARGO_BIN_NAME"), handle).await
}
