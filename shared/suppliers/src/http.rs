//! The HTTP client that all adapters share.

use std::{sync::Arc, time::Duration};

use reqwest::{Method, RequestBuilder, Url, redirect::Policy};
use thiserror::Error;

use crate::{
    Secret,
    egress::{Egress, Refused},
    mask::Masks,
    recorder::Recorder,
    resolver::{self, Lookup, Resolver},
    tokens::TokenCache,
};

/// How long a connection may take to be made.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A client that cannot be made: the machine has no usable TLS roots.
#[derive(Debug, Error)]
#[error("the HTTP client for suppliers cannot be made: {0}")]
pub struct HttpClientError(#[from] reqwest::Error);

/// An HTTP client that is safe to place orders with: it calls only where it may, follows no redirects, uses no proxy and
/// repeats nothing by itself. Make one for the process and clone it; the clones share their connections and the tokens
/// that suppliers gave us.
#[derive(Debug, Clone)]
pub struct HttpClient {
    inner: reqwest::Client,
    egress: Arc<Egress>,
    tokens: Arc<TokenCache>,
    masks: Masks,
    recorder: Option<Recorder>,
}

impl HttpClient {
    /// Makes the client. Reads the system's TLS roots, which takes some milliseconds.
    pub fn new(egress: Egress) -> Result<Self, HttpClientError> {
        Self::with_lookup(egress, resolver::system)
    }

    fn with_lookup(egress: Egress, lookup: Lookup) -> Result<Self, HttpClientError> {
        // An error says that the process has a provider already, which then is the one to use.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let egress = Arc::new(egress);
        let inner = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            // Through a proxy, names would be looked up where nobody checks what they lead to.
            .no_proxy()
            .dns_resolver(Resolver::new(Arc::clone(&egress), lookup))
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("ironmonger/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { inner, egress, tokens: Arc::default(), masks: Masks::default(), recorder: None })
    }

    /// This client, and what sees everything that passes through it, for the connection test.
    #[must_use]
    pub fn recording(&self) -> (Self, Recorder) {
        let masks = Masks::default();
        let recorder = Recorder::new(masks.clone());
        (Self { masks, recorder: Some(recorder.clone()), ..self.clone() }, recorder)
    }

    /// This client for one supplier, whose credential is hidden in all that people read.
    pub(crate) fn for_supplier(&self, credential: Option<&Secret>) -> Self {
        // A recorder hides what its client hides.
        let masks = if self.recorder.is_some() { self.masks.clone() } else { Masks::default() };
        if let Some(credential) = credential {
            masks.add(credential);
        }
        Self { masks, ..self.clone() }
    }

    /// Whether a call to `url` may be made.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refused> {
        self.egress.check(url)
    }

    /// A request to be made ready and then sent with [`crate::exchange::send`].
    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.inner.request(method, url)
    }

    pub(crate) fn inner(&self) -> &reqwest::Client {
        &self.inner
    }

    pub(crate) fn tokens(&self) -> &TokenCache {
        &self.tokens
    }

    pub(crate) fn masks(&self) -> &Masks {
        &self.masks
    }

    pub(crate) fn recorder(&self) -> Option<&Recorder> {
        self.recorder.as_ref()
    }
}
