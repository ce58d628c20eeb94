//! The shop's tables and buckets: those of the local emulator where the outputs name one, else those on AWS.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use store::{Database, TableNames};

use crate::outputs::{Outputs, OutputsError};

/// The region where neither the outputs nor the environment name one.
const DEFAULT_REGION: &str = "eu-west-2";
/// The account that the emulator knows.
const EMULATOR_KEY: &str = "test";

/// A way to the shop's tables and buckets.
#[derive(Debug, Clone)]
pub struct Connection {
    config: SdkConfig,
    local: bool,
}

impl Connection {
    /// Gets ready; nothing is sent yet. On AWS, credentials are those of the environment, of a profile or of the machine.
    pub async fn new(outputs: &Outputs) -> Self {
        let region = outputs.region.clone().map(Region::new);
        let Some(endpoint) = &outputs.endpoint else {
            let config = cloud::config().await;
            let region = region.or_else(|| config.region().cloned());
            return Self { config: config.into_builder().region(region).build(), local: false };
        };
        let credentials = Credentials::new(EMULATOR_KEY, EMULATOR_KEY, None, None, "local emulator");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .region(region.unwrap_or(Region::from_static(DEFAULT_REGION)))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        Self { config, local: true }
    }

    /// The tables.
    pub fn database(&self, outputs: &Outputs) -> Result<Database, OutputsError> {
        let name = |output| outputs.stack(output).map(|name| Some(name.to_owned()));
        let tables = TableNames {
            catalog: name("CatalogTableName")?,
            orders: name("OrdersTableName")?,
            fulfilment: name("FulfilmentTableName")?,
            customers: name("CustomersTableName")?,
            console: name("ConsoleTableName")?,
        };
        Ok(Database::new(aws_sdk_dynamodb::Client::new(&self.config), tables))
    }

    /// The buckets.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        // The emulator has no host name for each bucket.
        let config = aws_sdk_s3::config::Builder::from(&self.config).force_path_style(self.local).build();
        aws_sdk_s3::Client::from_conf(config)
    }
}
