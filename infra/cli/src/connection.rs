//! The shop's tables and buckets: those of the local emulator where the outputs name one, else those on AWS.

use std::net::Ipv4Addr;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use identity::{Directory, StaffDesk};
use store::{Database, TableNames};

use crate::outputs::{Outputs, OutputsError};

/// The region where neither the outputs nor the environment name one.
const DEFAULT_REGION: &str = "eu-west-2";
/// The account that the emulator knows.
const EMULATOR_KEY: &str = "test";

/// A client for the shop at an address. Where the address is of the emulator's distribution, its name is below
/// `localhost`: browsers know that this is their own machine, the systems' resolvers need not.
pub fn http_client(address: &str) -> reqwest::ClientBuilder {
    // A second call finds a provider installed, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder();
    let url = reqwest::Url::parse(address).ok();
    match url.as_ref().and_then(reqwest::Url::host_str) {
        // The port is the address's own.
        Some(host) if host.ends_with(".localhost") => builder.resolve(host, (Ipv4Addr::LOCALHOST, 0).into()),
        _ => builder,
    }
}

/// Why a request came to nothing, with all that is behind it.
#[must_use]
pub fn reason(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

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

    /// The configuration of other clients.
    #[must_use]
    pub fn sdk(&self) -> &SdkConfig {
        &self.config
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
            operations: name("OperationsTableName")?,
            realtime: name("RealtimeTableName")?,
        };
        Ok(Database::new(aws_sdk_dynamodb::Client::new(&self.config), tables))
    }

    /// Where staff are added and removed.
    pub fn staff_desk(&self, outputs: &Outputs) -> Result<StaffDesk, OutputsError> {
        let client = aws_sdk_cognitoidentityprovider::Client::new(&self.config);
        let directory = Directory::new(client, outputs.stack("UserPoolId")?);
        Ok(StaffDesk::new(directory, self.database(outputs)?))
    }

    /// The buckets.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        // The emulator has no host name for each bucket.
        let config = aws_sdk_s3::config::Builder::from(&self.config).force_path_style(self.local).build();
        aws_sdk_s3::Client::from_conf(config)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn a_name_below_localhost_is_this_machine() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address =
            format!("http://shop.cloudfront.localhost:{}/api", listener.local_addr().unwrap().port());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let answer = http_client(&address).build().unwrap().get(&address).send().await.unwrap();
        assert_eq!(answer.status(), 204);
        let request = server.join().unwrap();
        assert!(request.starts_with("GET /api "), "{request}");
        assert!(request.contains("host: shop.cloudfront.localhost:"), "{request}");
    }
}
