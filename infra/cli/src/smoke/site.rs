//! The shop's site, asked as a browser asks it.

use std::time::Duration;

use reqwest::header::{CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, UPGRADE};
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;
use thiserror::Error;

use crate::connection::{http_client, reason};

/// How long an answer may take: longer than the API's own limit of 30 seconds.
const PATIENCE: Duration = Duration::from_secs(35);
/// A key of the handshake; any sixteen bytes do, as nothing is said on the connection.
const SOCKET_KEY: &str = "aXJvbm1vbmdlciBzbW9rZQ==";

/// What is wrong with the shop.
#[derive(Debug, Error)]
pub enum Fault {
    /// No answer.
    #[error("{0}")]
    Silent(String),
    /// Another status than the right one.
    #[error("{path} answers {got}, not {wanted}")]
    Status {
        /// What was asked for.
        path: String,
        /// The right status.
        wanted: StatusCode,
        /// The status.
        got: StatusCode,
    },
    /// A header is missing or wrong.
    #[error("{path}: the header {name} is {told:?}, which does not say {wanted:?}")]
    Header {
        /// What was asked for.
        path: String,
        /// The header.
        name: &'static str,
        /// What has to be in it.
        wanted: &'static str,
        /// What is.
        told: String,
    },
    /// The content is wrong.
    #[error("{path}: {what}")]
    Content {
        /// What was asked for.
        path: String,
        /// What is missing.
        what: &'static str,
    },
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        Self::Silent(reason(&error))
    }
}

/// An answer.
#[derive(Debug)]
pub struct Seen {
    path: String,
    headers: HeaderMap,
    /// Its content.
    pub text: String,
}

/// The site.
#[derive(Debug)]
pub struct Site {
    url: Url,
    http: reqwest::Client,
}

impl Site {
    /// The site at an address.
    pub fn new(url: Url) -> Result<Self, reqwest::Error> {
        let http = http_client(url.as_str()).timeout(PATIENCE).build()?;
        Ok(Self { url, http })
    }

    /// Whether it is reached by https, as it is everywhere but on one machine.
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Asks for something, which has to be answered with a status.
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        wanted: StatusCode,
    ) -> Result<Seen, Fault> {
        let url = self.url.join(path).map_err(|error| Fault::Silent(format!("{path}: {error}")))?;
        let mut request = self.http.request(method, url);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let (got, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await?;
        if got == wanted {
            Ok(Seen { path: path.into(), headers, text })
        } else {
            Err(Fault::Status { path: path.into(), wanted, got })
        }
    }

    /// Reads something that is there.
    pub async fn get(&self, path: &str) -> Result<Seen, Fault> {
        self.ask(Method::GET, path, None, StatusCode::OK).await
    }

    /// Opens a WebSocket, and closes it again.
    pub async fn open_socket(&self, address: &str) -> Result<(), Fault> {
        // The handshake is an HTTP request.
        let http = address.replacen("ws", "http", 1);
        let client = http_client(&http).timeout(PATIENCE).build()?;
        let request = client
            .get(&http)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", SOCKET_KEY);
        let got = request.send().await?.status();
        let wanted = StatusCode::SWITCHING_PROTOCOLS;
        if got == wanted { Ok(()) } else { Err(Fault::Status { path: address.into(), wanted, got }) }
    }
}

impl Seen {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Fails unless a header says something.
    pub fn says(&self, name: &'static str, wanted: &'static str) -> Result<(), Fault> {
        let told = self.header(name);
        if told.contains(wanted) {
            return Ok(());
        }
        Err(Fault::Header { path: self.path.clone(), name, wanted, told: told.into() })
    }

    /// Fails unless it is of a media type.
    pub fn is_of(&self, media_type: &'static str) -> Result<(), Fault> {
        self.says(CONTENT_TYPE.as_str(), media_type)
    }

    /// Fails unless caches may do with it as they have to.
    pub fn is_cached(&self, wanted: &'static str) -> Result<(), Fault> {
        self.says(CACHE_CONTROL.as_str(), wanted)
    }

    /// Fails unless its policy for content has a directive exactly so.
    pub fn has_policy(&self, wanted: &'static str) -> Result<(), Fault> {
        let name = CONTENT_SECURITY_POLICY.as_str();
        let told = self.header(name);
        if told.split(';').any(|directive| directive.split_whitespace().eq(wanted.split_whitespace())) {
            return Ok(());
        }
        Err(Fault::Header {
            path: self.path.clone(),
            name: "content-security-policy",
            wanted,
            told: told.into(),
        })
    }

    /// Its content as JSON.
    pub fn json(&self) -> Result<Value, Fault> {
        serde_json::from_str(&self.text).map_err(|_| self.lacks("it is no JSON"))
    }

    /// A fault of its content.
    pub fn lacks(&self, what: &'static str) -> Fault {
        Fault::Content { path: self.path.clone(), what }
    }
}
