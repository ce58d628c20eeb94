//! Calls from suppliers: whether one comes from who it says, is fresh, and which message it is.
//!
//! A message that was taken once is not taken again: the caller remembers its [`MessageId`] for [`REMEMBERED`] at least.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::Secret;
pub use crate::signature::{Algorithm, Encoding};

/// How far a message's time may be from ours, before and after: for clocks that differ and for its way.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// How long a message is to be remembered: as long as one with the same signature would pass.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The most signatures of one message that are looked at; during a rotation a message has two.
pub const MAX_SIGNATURES: usize = 8;

/// The longest name of a message that is kept as it is, in bytes.
pub const MAX_ID_LENGTH: usize = 128;

/// What the secret of a Standard Webhook begins with.
const STANDARD_PREFIX: &str = "whsec_";

/// The header with the signatures of a Standard Webhook.
const STANDARD_SIGNATURE: &str = "webhook-signature";

/// How a supplier signs its calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Scheme {
    /// <https://www.standardwebhooks.com>: `webhook-id`, `webhook-timestamp` and `webhook-signature`; the secret is
    /// Base64 and may begin with `whsec_`.
    StandardWebhooks,
    /// A header with the HMAC of the body.
    #[serde(rename_all = "camelCase")]
    Hmac {
        /// The header with the signature.
        header: String,
        /// The hash.
        #[serde(default)]
        algorithm: Algorithm,
        /// How the signature is written.
        #[serde(default)]
        encoding: Encoding,
        /// What stands before the signature, such as `sha256=`.
        #[serde(default)]
        prefix: String,
        /// The header with the time of sending, in seconds since 1970. With it, `{time}.{body}` is signed, and an old
        /// message is refused; without it, the body alone is.
        #[serde(default)]
        timestamp_header: Option<String>,
    },
}

/// A scheme that cannot work.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no header name")]
pub struct SchemeError(String);

/// Why a call is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// A header is missing, or is no text.
    #[error("the header {0} is missing")]
    Missing(String),
    /// The time is no number of seconds.
    #[error("the header {0} is no time in seconds since 1970")]
    Time(String),
    /// The message was sent too long ago, or will be: somebody repeats it, or a clock is wrong.
    #[error("the message's time is more than {} minutes from ours", TOLERANCE.as_mins())]
    Stale,
    /// The signature is not that of the message with our secret.
    #[error("the signature is wrong")]
    Signature,
    /// Our secret cannot be one of this scheme.
    #[error(
        "the secret is none for Standard Webhooks: it must be Base64, with or without `whsec_` before it"
    )]
    Secret,
    /// The scheme is configured wrongly.
    #[error(transparent)]
    Scheme(#[from] SchemeError),
}

/// The name of a message. A message that comes twice has the same name both times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// The name as text: letters, digits, `.`, `_` and `-`, [`MAX_ID_LENGTH`] bytes at most.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A sender's name for a message; one with other characters or too many of them is hashed.
    fn of(name: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if (1..=MAX_ID_LENGTH).contains(&name.len()) && name.bytes().all(plain) {
            Self(name.to_owned())
        } else {
            Self::hash(&[name.as_bytes()])
        }
    }

    fn hash(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hex::encode(hash.finalize()))
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scheme {
    /// Whether the scheme can work at all, for the check of a supplier before it is stored.
    pub fn check(&self) -> Result<(), SchemeError> {
        let Self::Hmac { header, timestamp_header, .. } = self else { return Ok(()) };
        for name in [Some(header), timestamp_header.as_ref()].into_iter().flatten() {
            header_name(name)?;
        }
        Ok(())
    }
}

/// Whether a message is its sender's and fresh; if so, its name. `body` is what came, byte by byte.
pub fn verify(
    scheme: &Scheme,
    secret: &Secret,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<MessageId, WebhookError> {
    match scheme {
        Scheme::StandardWebhooks => {
            let (id, time) = (text(headers, "webhook-id")?, text(headers, "webhook-timestamp")?);
            let signatures = text(headers, STANDARD_SIGNATURE)?;
            fresh(time, "webhook-timestamp", now)?;
            let key = standard_key(secret)?;
            let parts: [&[u8]; 5] = [id.as_bytes(), b".", time.as_bytes(), b".", body];
            let genuine = signatures.split(' ').take(MAX_SIGNATURES).any(|signature| {
                let decoded = signature.strip_prefix("v1,").and_then(|text| Encoding::Base64.decode(text));
                decoded.is_some_and(|signature| Algorithm::Sha256.is_signature(&key, &parts, &signature))
            });
            if genuine { Ok(MessageId::of(id)) } else { Err(WebhookError::Signature) }
        }
        Scheme::Hmac { header, algorithm, encoding, prefix, timestamp_header } => {
            let signature = text(headers, header)?;
            let time = timestamp_header.as_ref().map(|name| text(headers, name).map(|time| (name, time)));
            let time = time.transpose()?;
            let mut parts: Vec<&[u8]> = Vec::new();
            if let Some((name, time)) = time {
                fresh(time, name, now)?;
                parts.extend([time.as_bytes(), b"."]);
            }
            parts.push(body);
            let signature = signature.strip_prefix(prefix.as_str()).and_then(|text| encoding.decode(text));
            let key = secret.expose().as_bytes();
            if signature.is_some_and(|signature| algorithm.is_signature(key, &parts, &signature)) {
                // Only what is signed can name it: whoever repeats a message could change every other header.
                Ok(MessageId::hash(&parts))
            } else {
                Err(WebhookError::Signature)
            }
        }
    }
}

/// The headers of a message of ours, as [`verify`] wants them. `id` is its name, the same whenever it is sent again; a
/// plain HMAC has no place for it.
pub fn sign(
    scheme: &Scheme,
    secret: &Secret,
    id: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<HeaderMap, WebhookError> {
    let time = now.as_second().to_string();
    let mut headers = HeaderMap::new();
    let mut set = |name: &str, value: &str| {
        let value = HeaderValue::from_str(value).map_err(|_| WebhookError::Missing(name.to_owned()))?;
        headers.insert(header_name(name)?, value);
        Ok::<_, WebhookError>(())
    };
    match scheme {
        Scheme::StandardWebhooks => {
            let key = standard_key(secret)?;
            let parts: [&[u8]; 5] = [id.as_bytes(), b".", time.as_bytes(), b".", body];
            let signature = Algorithm::Sha256.sign(&key, &parts).ok_or(WebhookError::Secret)?;
            set("webhook-id", id)?;
            set("webhook-timestamp", &time)?;
            set(STANDARD_SIGNATURE, &format!("v1,{}", Encoding::Base64.encode(&signature)))?;
        }
        Scheme::Hmac { header, algorithm, encoding, prefix, timestamp_header } => {
            let mut parts: Vec<&[u8]> = Vec::new();
            if let Some(name) = timestamp_header {
                set(name, &time)?;
                parts.extend([time.as_bytes(), b"."]);
            }
            parts.push(body);
            let key = secret.expose().as_bytes();
            let signature = algorithm.sign(key, &parts).ok_or(WebhookError::Signature)?;
            set(header, &format!("{prefix}{}", encoding.encode(&signature)))?;
        }
    }
    Ok(headers)
}

/// The headers of a message of ours under Standard Webhooks, signed with several secrets at once while one takes the place
/// of another: whoever knows one of them believes it. At least one secret is wanted.
pub fn sign_with_all(
    secrets: &[Secret],
    id: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<HeaderMap, WebhookError> {
    let mut signed = secrets.iter().map(|secret| sign(&Scheme::StandardWebhooks, secret, id, body, now));
    let mut headers = signed.next().ok_or(WebhookError::Secret)??;
    let mut signatures = text(&headers, STANDARD_SIGNATURE)?.to_owned();
    for more in signed {
        signatures.push(' ');
        signatures.push_str(text(&more?, STANDARD_SIGNATURE)?);
    }
    let signatures = HeaderValue::from_str(&signatures);
    let signatures = signatures.map_err(|_| WebhookError::Missing(STANDARD_SIGNATURE.to_owned()))?;
    headers.insert(STANDARD_SIGNATURE, signatures);
    Ok(headers)
}

fn header_name(name: &str) -> Result<HeaderName, SchemeError> {
    name.parse().map_err(|_| SchemeError(name.to_owned()))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, WebhookError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| WebhookError::Missing(name.to_owned()))
}

fn fresh(time: &str, header: &str, now: Timestamp) -> Result<(), WebhookError> {
    let seconds = time.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let sent = seconds.ok_or_else(|| WebhookError::Time(header.to_owned()))?;
    if now.duration_since(sent).abs() > TOLERANCE { Err(WebhookError::Stale) } else { Ok(()) }
}

fn standard_key(secret: &Secret) -> Result<Vec<u8>, WebhookError> {
    let text = secret.expose();
    let text = text.strip_prefix(STANDARD_PREFIX).unwrap_or(text);
    STANDARD.decode(text).ok().filter(|key| !key.is_empty()).ok_or(WebhookError::Secret)
}
