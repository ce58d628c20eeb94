//! How a request shows who we are.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Request, Url,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    expression::Template,
    fields::{HeaderField, TimeUnit},
    oauth::{self, OauthConfig},
};
use crate::{
    ConfigError, HttpClient, Secret,
    exchange::{Answer, check_address},
    signature::{Algorithm, Encoding},
};

/// A supplier's clock may be this far from ours before it matters.
pub const MIN_SKEW: SignedDuration = SignedDuration::from_secs(20);

/// A clock that is further away is no clock.
pub const MAX_SKEW: SignedDuration = SignedDuration::from_hours(24);

/// How we show who we are; the credential itself is kept elsewhere.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum AuthConfig {
    /// The credential in a header.
    Header {
        /// The header.
        name: HeaderField,
        /// What stands before it, such as `Bearer `.
        #[serde(default)]
        prefix: String,
    },
    /// The credential as a parameter of the query.
    Query {
        /// The parameter.
        name: String,
    },
    /// User name and password, as in RFC 7617.
    Basic {
        /// The name; the credential is the password. Without it, the credential is the name, and there is no password.
        #[serde(default)]
        username: Option<String>,
    },
    /// A signature with the credential as key.
    Hmac(HmacConfig),
    /// OAuth 2 client credentials (RFC 6749, section 4.4); the credential is the client's secret.
    Oauth(OauthConfig),
}

/// What is signed, and where the signature goes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HmacConfig {
    /// The header with the signature.
    pub header: HeaderField,
    /// The hash; default `sha256`.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// How the signature is written; default `hex`.
    #[serde(default)]
    pub encoding: Encoding,
    /// What stands before the signature, such as `sha256=`.
    #[serde(default)]
    pub prefix: String,
    /// What is signed, made from `{timestamp, method, path, query, body}`, all of them texts.
    pub message: Template,
    /// The header with the timestamp, where one is signed.
    #[serde(default)]
    pub timestamp_header: Option<HeaderField>,
    /// What the timestamp counts; default `seconds`.
    #[serde(default)]
    pub timestamp_unit: TimeUnit,
}

/// Why a request cannot show who we are. It was not sent.
#[derive(Debug)]
pub(super) enum AuthFault {
    /// Somebody must change the configuration or the credential.
    Misconfigured(String),
    /// No token is to be had now.
    Unavailable { retry_after: Option<std::time::Duration>, reason: String },
}

/// The way of one supplier.
pub(super) struct Auth {
    config: Option<AuthConfig>,
    credential: Option<Secret>,
}

impl Auth {
    pub fn new(config: Option<AuthConfig>, credential: Option<&Secret>) -> Self {
        Self { config, credential: credential.cloned() }
    }

    /// What can be known to be wrong without a call.
    pub fn check(&self, http: &HttpClient) -> Result<(), ConfigError> {
        match &self.config {
            Some(AuthConfig::Oauth(oauth)) => check_address(http, "auth.tokenUrl", oauth.token_url.url()),
            Some(AuthConfig::Hmac(hmac)) => {
                hmac.sample().map_err(|reason| ConfigError { path: "auth.message".into(), reason })
            }
            _ => Ok(()),
        }
    }

    /// Adds what shows who we are. Gives the token that was used, if one was.
    pub async fn apply(&self, http: &HttpClient, request: &mut Request) -> Result<Option<Secret>, AuthFault> {
        let Some(config) = &self.config else { return Ok(None) };
        let credential = self.credential()?;
        if let AuthConfig::Oauth(oauth) = config {
            let token = oauth::token(http, oauth, credential).await?;
            set_header(request, AUTHORIZATION, &format!("Bearer {}", token.expose()))?;
            return Ok(Some(token));
        }
        let skew = http.tokens().skew(request.url().host_str().unwrap_or_default());
        sign(config, credential, http, request, Timestamp::now() + skew)?;
        Ok(None)
    }

    /// Shows where the credential would stand, without one and without a call.
    pub fn sketch(
        &self,
        http: &HttpClient,
        stand_in: &Secret,
        request: &mut Request,
    ) -> Result<(), AuthFault> {
        match &self.config {
            None => Ok(()),
            Some(AuthConfig::Oauth(_)) => {
                set_header(request, AUTHORIZATION, &format!("Bearer {}", stand_in.expose()))
            }
            Some(config) => sign(config, stand_in, http, request, Timestamp::now()),
        }
    }

    /// After an answer that says that it does not know us: whether another try could go better, with a new token or the
    /// supplier's time.
    pub async fn learn(&self, http: &HttpClient, url: &Url, used: Option<&Secret>, answer: &Answer) -> bool {
        match (&self.config, &self.credential) {
            (Some(AuthConfig::Oauth(oauth)), Some(credential)) if answer.status == 401 => {
                oauth::forget(http, oauth, credential, used).await;
                true
            }
            (Some(AuthConfig::Hmac(hmac)), _) if matches!(answer.status, 401 | 403) => {
                let (Some(date), Some(host)) = (answer.date, url.host_str()) else { return false };
                let skew = date.duration_since(Timestamp::now());
                let changed = skew.abs() <= MAX_SKEW && (skew - http.tokens().skew(host)).abs() >= MIN_SKEW;
                if changed && hmac.timestamp_header.is_some() {
                    tracing::warn!(host, seconds = skew.as_secs(), "the supplier's clock differs from ours");
                    http.tokens().set_skew(host, skew);
                    return true;
                }
                false
            }
            _ => false,
        }
    }

    fn credential(&self) -> Result<&Secret, AuthFault> {
        let missing = || AuthFault::Misconfigured("the supplier's credential is not set".into());
        self.credential.as_ref().filter(|secret| !secret.expose().is_empty()).ok_or_else(missing)
    }
}

fn sign(
    config: &AuthConfig,
    credential: &Secret,
    http: &HttpClient,
    request: &mut Request,
    now: Timestamp,
) -> Result<(), AuthFault> {
    match config {
        AuthConfig::Header { name, prefix } => {
            set_header(request, name.0.clone(), &format!("{prefix}{}", credential.expose()))
        }
        AuthConfig::Query { name } => {
            request.url_mut().query_pairs_mut().append_pair(name, credential.expose());
            Ok(())
        }
        AuthConfig::Basic { username } => {
            let pair = match username {
                Some(username) => format!("{username}:{}", credential.expose()),
                None => format!("{}:", credential.expose()),
            };
            let pair = Secret::new(STANDARD.encode(pair));
            http.masks().add(&pair);
            set_header(request, AUTHORIZATION, &format!("Basic {}", pair.expose()))
        }
        AuthConfig::Hmac(hmac) => hmac.sign(credential, request, now),
        // Its token comes from elsewhere.
        AuthConfig::Oauth(_) => Ok(()),
    }
}

impl HmacConfig {
    fn sign(&self, key: &Secret, request: &mut Request, now: Timestamp) -> Result<(), AuthFault> {
        let time = match self.timestamp_unit {
            TimeUnit::Seconds => now.as_second(),
            TimeUnit::Milliseconds => now.as_millisecond(),
        };
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let parts = BTreeMap::from([
            ("timestamp", time.to_string()),
            ("method", request.method().to_string()),
            ("path", request.url().path().to_owned()),
            ("query", request.url().query().unwrap_or_default().to_owned()),
            ("body", String::from_utf8_lossy(body).into_owned()),
        ]);
        let message = self.message.render(&json!(parts)).map_err(AuthFault::Misconfigured)?;
        let unsigned = || AuthFault::Misconfigured("the credential cannot sign".into());
        let signature =
            self.algorithm.sign(key.expose().as_bytes(), &[message.as_bytes()]).ok_or_else(unsigned)?;
        let signature = format!("{}{}", self.prefix, self.encoding.encode(&signature));
        set_header(request, self.header.0.clone(), &signature)?;
        if let Some(name) = &self.timestamp_header {
            request.headers_mut().insert(name.0.clone(), HeaderValue::from(time));
        }
        Ok(())
    }

    /// Whether a message can be made at all.
    fn sample(&self) -> Result<(), String> {
        let parts = json!({"timestamp": "1", "method": "POST", "path": "/", "query": "", "body": ""});
        self.message.render(&parts).map(|_| ())
    }
}

/// Sets a header that nobody may see.
fn set_header(request: &mut Request, name: HeaderName, value: &str) -> Result<(), AuthFault> {
    let unfit = |_| AuthFault::Misconfigured(format!("the credential cannot stand in the header {name}"));
    let mut value = HeaderValue::from_str(value).map_err(unfit)?;
    value.set_sensitive(true);
    request.headers_mut().insert(name.clone(), value);
    Ok(())
}
