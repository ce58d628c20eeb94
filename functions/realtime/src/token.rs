//! ID tokens of the shop's user directory, checked here: a WebSocket API has no authorizer for messages, and an address,
//! where the token would have to be for one of connections, ends up in logs.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use domain::{CustomerId, Group};
use jiff::Timestamp;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use thiserror::Error;
use tokio::sync::Mutex;

use crate::rs256;

/// How long the directory may take to give its keys.
pub const KEYS_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a key that the directory did not have is not asked for again: anybody can make up keys' names.
pub const KEYS_PAUSE: Duration = Duration::from_mins(1);

/// Somebody who is signed in, as their token tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Who.
    pub id: CustomerId,
    /// The groups of staff they belong to; none for customers.
    pub groups: BTreeSet<Group>,
    /// Up to when the token is good.
    pub until: Timestamp,
}

impl Bearer {
    /// Whether they work here. Operators may see all that can be followed, and admins may what operators may.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !self.groups.is_empty()
    }
}

/// Why a token says nothing.
#[derive(Debug, Error)]
pub enum TokenError {
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// It is no ID token of the shop's user directory.
    #[error("this is no ID token of the shop's user directory: {0}")]
    Bad(String),
    /// The directory's keys cannot be had: nothing can be said of any token.
    #[error("the user directory's keys cannot be had: {0}")]
    Unavailable(String),
}

/// What a token says. The rest of it is of no use here.
#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    token_use: String,
    exp: i64,
    #[serde(rename = "cognito:groups", default)]
    groups: Vec<String>,
}

/// The directory's keys, as they were when it was asked last.
#[derive(Default)]
struct Known {
    keys: Option<JwkSet>,
    asked_at: Option<Instant>,
}

/// What tokens are checked against. Keys are kept for as long as the process lives; one that is not among them makes the
/// directory be asked again.
pub struct Directory {
    keys_url: String,
    validation: Validation,
    known: Mutex<Known>,
}

impl Directory {
    /// The directory that the environment names.
    pub fn from_env() -> Result<Self, cloud::SettingError> {
        let (issuer, client) =
            (cloud::setting::<String>("TOKEN_ISSUER")?, cloud::setting::<String>("USER_POOL_CLIENT_ID")?);
        Ok(Self::new(&issuer, &client, cloud::setting("TOKEN_KEYS_URL")?))
    }

    /// A directory whose tokens name this issuer and are for this client; its keys are found at `keys_url`.
    #[must_use]
    pub fn new(issuer: &str, client: &str, keys_url: String) -> Self {
        rs256::install();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[client]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = 0;
        Self { keys_url, validation, known: Mutex::default() }
    }

    /// Whose token this is, if it is good now.
    pub async fn bearer(&self, token: &str) -> Result<Bearer, TokenError> {
        let bad = |error: jsonwebtoken::errors::Error| TokenError::Bad(error.to_string());
        let kid = decode_header(token)
            .map_err(bad)?
            .kid
            .ok_or_else(|| TokenError::Bad("it names no key".into()))?;
        let key =
            self.key(&kid).await?.ok_or_else(|| TokenError::Bad("it names a key of somebody else".into()))?;
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => TokenError::Expired,
            _ => bad(error),
        })?;
        bearer_of(claims.claims)
    }

    async fn key(&self, kid: &str) -> Result<Option<DecodingKey>, TokenError> {
        let mut known = self.known.lock().await;
        let find =
            |keys: &Option<JwkSet>| keys.as_ref().and_then(|keys| keys.find(kid)).map(DecodingKey::from_jwk);
        let mut found = find(&known.keys);
        if found.is_none() && may_ask(known.asked_at, Instant::now()) {
            known.keys = Some(self.ask().await?);
            known.asked_at = Some(Instant::now());
            found = find(&known.keys);
        }
        found.transpose().map_err(|error| TokenError::Bad(error.to_string()))
    }

    async fn ask(&self) -> Result<JwkSet, TokenError> {
        let unavailable = |error: reqwest::Error| TokenError::Unavailable(error.to_string());
        // An error says that the process has a provider already, which then is the one to use.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // It is asked once in a process's life: a client that is kept would only keep a connection open.
        let http = reqwest::Client::builder().timeout(KEYS_TIMEOUT).build().map_err(unavailable)?;
        let answer = http.get(&self.keys_url).send().await.and_then(reqwest::Response::error_for_status);
        answer.map_err(unavailable)?.json().await.map_err(unavailable)
    }
}

/// Whether the directory may be asked again.
fn may_ask(asked_at: Option<Instant>, now: Instant) -> bool {
    asked_at.is_none_or(|asked_at| now.duration_since(asked_at) >= KEYS_PAUSE)
}

fn bearer_of(claims: Claims) -> Result<Bearer, TokenError> {
    // Access tokens name their client otherwise, so that none comes so far; but whose they are is said here.
    if claims.token_use != "id" {
        return Err(TokenError::Bad(format!("it is a token for {}", claims.token_use)));
    }
    let bad = |error: &dyn std::fmt::Display| TokenError::Bad(error.to_string());
    Ok(Bearer {
        id: CustomerId::parse(&claims.sub).map_err(|error| bad(&error))?,
        groups: claims.groups.iter().filter_map(|name| Group::parse(name).ok()).collect(),
        until: Timestamp::from_second(claims.exp).map_err(|error| bad(&error))?,
    })
}

#[cfg(test)]
mod tests;
