//! The HTTP client that all adapters share.

use std::time::Duration;

use reqwest::redirect::Policy;
use thiserror::Error;

/// How long a connection may take to be made.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A client that cannot be made: the machine has no usable TLS roots.
#[derive(Debug, Error)]
#[error("the HTTP client for suppliers cannot be made: {0}")]
pub struct HttpClientError(#[from] reqwest::Error);

/// An HTTP client that is safe to place orders with: it follows no redirects and repeats nothing by itself. Make one
/// for the process and clone it; the clones share their connections.
#[derive(Debug, Clone)]
pub struct HttpClient(reqwest::Client);

impl HttpClient {
    /// Makes the client. Reads the system's TLS roots, which takes some milliseconds.
    pub fn new() -> Result<Self, HttpClientError> {
        // An error says that the process has a provider already, which then is the one to use.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("ironmonger/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self(client))
    }

    pub(crate) fn inner(&self) -> &reqwest::Client {
        &self.0
    }
}
