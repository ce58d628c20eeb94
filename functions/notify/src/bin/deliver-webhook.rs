//! The function of [`notify::deliver_webhook`].

use notify::deliver_webhook::{self, Post};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    let config = cloud::config().await;
    let post = &Post::from_env(&config)?;
    let handle = async |message| deliver_webhook::handle(post, message).await;
    events::work(&config, env!("CARGO_BIN_NAME"), handle).await
}
