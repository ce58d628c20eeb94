//! Tokens of OAuth 2 client credentials, fetched once and used until they end.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::{auth::AuthFault, url::BaseUrl};
use crate::{
    HttpClient, Secret,
    exchange::{Answer, MAX_TIMEOUT, NoAnswer, send},
    tokens::{Token, TokenKey, TokenSlot},
};

/// How long a token is used if its supplier does not say.
pub const DEFAULT_TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// How long before its end a token is no longer used, so that it does not end on its way.
pub const TOKEN_MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// The longest time that a token is used.
pub const MAX_TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Where tokens come from.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OauthConfig {
    /// The address that gives tokens.
    pub token_url: BaseUrl,
    /// Our name there; the secret to it is the supplier's credential.
    pub client_id: String,
    /// What the token is to allow.
    #[serde(default)]
    pub scope: Option<String>,
    /// More parameters of the request, such as `audience`.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// Where name and secret stand; default `header`.
    #[serde(default)]
    pub client_in: ClientIn,
}

/// Where the client's name and secret stand in a request for a token.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClientIn {
    /// As user name and password.
    #[default]
    Header,
    /// In the form.
    Body,
}

/// A token that is good now.
pub(super) async fn token(
    http: &HttpClient,
    config: &OauthConfig,
    credential: &Secret,
) -> Result<Secret, AuthFault> {
    let slot = slot(http, config, credential);
    let mut held = slot.lock().await;
    let now = Timestamp::now();
    let good = held.as_ref().filter(|token| token.good_until > now);
    let value = if let Some(token) = good {
        token.value.clone()
    } else {
        let token = fetch(http, config, credential, now).await?;
        held.insert(token).value.clone()
    };
    http.masks().add(&value);
    Ok(value)
}

/// Drops a token that was refused, unless somebody has a newer one already.
pub(super) async fn forget(
    http: &HttpClient,
    config: &OauthConfig,
    credential: &Secret,
    refused: Option<&Secret>,
) {
    let slot = slot(http, config, credential);
    let mut held = slot.lock().await;
    if held.as_ref().map(|token| &token.value) == refused {
        *held = None;
    }
}

fn slot(http: &HttpClient, config: &OauthConfig, credential: &Secret) -> TokenSlot {
    let parameters = config.parameters.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let scope = config.scope.as_deref().unwrap_or_default();
    let client = [config.token_url.as_str(), config.client_id.as_str(), scope, credential.expose()];
    http.tokens().slot(TokenKey::of(client.into_iter().chain(parameters)))
}

async fn fetch(
    http: &HttpClient,
    config: &OauthConfig,
    credential: &Secret,
    now: Timestamp,
) -> Result<Token, AuthFault> {
    let mut form = vec![("grant_type", "client_credentials")];
    form.extend(config.scope.as_deref().map(|scope| ("scope", scope)));
    form.extend(config.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut request = http.request(Method::POST, config.token_url.url().clone()).timeout(MAX_TIMEOUT / 2);
    match config.client_in {
        ClientIn::Header => {
            let pair = Secret::new(STANDARD.encode(format!("{}:{}", config.client_id, credential.expose())));
            http.masks().add(&pair);
            request = request.basic_auth(&config.client_id, Some(credential.expose()));
        }
        ClientIn::Body => {
            form.extend([("client_id", config.client_id.as_str()), ("client_secret", credential.expose())]);
        }
    }
    let unfit = |_| AuthFault::Misconfigured("the request for a token cannot be made".into());
    let request = request.form(&form).build().map_err(unfit)?;
    let answer = send(http, "token", request).await.map_err(|error| match error {
        NoAnswer::Forbidden(reason) => AuthFault::Misconfigured(format!("tokenUrl: {reason}")),
        NoAnswer::NotSent(reason) | NoAnswer::Lost(reason) => {
            AuthFault::Unavailable { retry_after: None, reason: format!("no token: {reason}") }
        }
    })?;
    read(answer, now)
}

fn read(answer: Answer, now: Timestamp) -> Result<Token, AuthFault> {
    if !answer.is_success() {
        let said = answer.body.as_ref().ok().and_then(|body| {
            let field = |name: &str| body.get(name).and_then(Value::as_str);
            field("error_description").or_else(|| field("error"))
        });
        let reason = match said {
            Some(words) => format!("no token: HTTP {}: {}", answer.status, answer.words(words)),
            None => format!("no token: HTTP {}", answer.status),
        };
        let passing = answer.status >= 500 || matches!(answer.status, 408 | 425 | 429);
        return Err(if passing {
            AuthFault::Unavailable { retry_after: answer.retry_after, reason }
        } else {
            AuthFault::Misconfigured(reason)
        });
    }
    let no_token = |reason: &str| AuthFault::Unavailable {
        retry_after: None,
        reason: format!("no token: {}", answer.words(reason)),
    };
    let body = answer.body.as_ref().map_err(|reason| no_token(reason))?;
    let value = body.get("access_token").and_then(Value::as_str).filter(|token| !token.is_empty());
    let value = Secret::new(value.ok_or_else(|| no_token("the answer has no access_token"))?);
    let seconds = match body.get("expires_in") {
        Some(Value::Number(seconds)) => seconds.as_i64(),
        Some(Value::String(seconds)) => seconds.parse().ok(),
        _ => None,
    };
    Ok(Token { value, good_until: now + life(seconds) })
}

/// For how long a token is used that lives so many seconds.
fn life(seconds: Option<i64>) -> SignedDuration {
    let life = seconds.map_or(DEFAULT_TOKEN_LIFE, SignedDuration::from_secs);
    let life = life.clamp(SignedDuration::ZERO, MAX_TOKEN_LIFE);
    life - TOKEN_MARGIN.min(life / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_until_shortly_before_its_end() {
        for (seconds, used) in [
            (Some(3600), 3570),
            (Some(60), 30),
            (Some(10), 5),
            (Some(0), 0),
            (Some(-1), 0),
            (Some(i64::MAX), 86_370),
            (None, 270),
        ] {
            assert_eq!(life(seconds).as_secs(), used, "{seconds:?}");
        }
    }
}
