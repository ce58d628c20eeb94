//! Calls to programs that want to be told of something, those of partners and those of the merchant: what they are signed
//! with, how they are made, and when one that was not taken is made again.

pub mod pauses;
pub mod signing;

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use jiff::Timestamp;
use secrets::{SecretError, SecretName, Secrets};
use suppliers::callback::{MAX_CALL, Message, Reply, tell};
use suppliers::webhook::WebhookError;
use suppliers::{Egress, HOSTS_VARIABLE, HttpClient};
use thiserror::Error;

pub use pauses::{FIRST_PAUSE, MAX_PAUSE, PATIENCE, next_try};
pub use signing::{SigningSecrets, UnreadableSecrets};

/// What a function needs beside its call: to read, and to write down what came of it.
pub const TIME_BESIDE_CALL: Duration = Duration::from_secs(3);
/// The most characters of what was wrong that are kept.
pub const MAX_DETAIL: usize = 300;

/// Who makes the calls.
#[derive(Debug, Clone)]
pub struct Courier {
    /// The store of what they are signed with.
    pub secrets: Arc<Secrets>,
    /// The way out.
    pub http: HttpClient,
    /// How long a call may take.
    pub call_time: Duration,
}

/// Something to tell.
#[derive(Debug, Clone)]
pub struct Parcel<'a> {
    /// Where.
    pub url: &'a str,
    /// Its name, the same whenever it is told again, by which the program knows what it has heard before.
    pub id: &'a str,
    /// What is told: JSON.
    pub body: Vec<u8>,
    /// What is not to be seen in what is kept of the answer.
    pub private: &'a [String],
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was answered.
    pub reply: Reply,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Why a program cannot be called.
#[derive(Debug, Error)]
pub enum CourierError {
    /// There is nothing to sign with: whoever set the address did not get to the end of it.
    #[error("there is no secret to sign with yet")]
    NoSecret,
    /// The secrets are not what we stored.
    #[error(transparent)]
    Unreadable(#[from] UnreadableSecrets),
    /// The secrets cannot be read at all.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// It cannot be signed.
    #[error(transparent)]
    Unsigned(#[from] WebhookError),
}

impl Courier {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let hosts: Egress = cloud::setting(HOSTS_VARIABLE)?;
        let timeout = Duration::from_secs(cloud::setting("TIMEOUT_SECONDS")?);
        let call_time = timeout.saturating_sub(TIME_BESIDE_CALL).min(MAX_CALL);
        let secrets = Arc::new(Secrets::from_env(config)?);
        Ok(Self { secrets, http: HttpClient::new(hosts)?, call_time })
    }

    /// Tells a program something, signed with the secrets of that name.
    pub async fn tell(&self, name: &SecretName, parcel: Parcel<'_>) -> Result<Told, CourierError> {
        let stored = self.secrets.get(name).await?;
        let now = Timestamp::now();
        let secrets = SigningSecrets::parse(&stored.ok_or(CourierError::NoSecret)?)?.signing(now);
        let Parcel { url, id, body, private } = parcel;
        let message = Message { id, body, secrets: &secrets, private };
        let begun = Instant::now();
        let reply = tell(&self.http, url, message, now, self.call_time).await?;
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Told { reply, took_ms })
    }
}

/// The status of a reply, and what was wrong with it; nothing where it was taken.
#[must_use]
pub fn answer(reply: &Reply) -> (Option<u16>, Option<String>) {
    let shortened = |reason: &str| reason.chars().take(MAX_DETAIL).collect();
    match reply {
        Reply::Answered { status: status @ 200..=299, .. } => (Some(*status), None),
        Reply::Answered { status: status @ 300..=399, .. } => {
            (Some(*status), Some(format!("answered {status}; nobody follows where an answer leads")))
        }
        Reply::Answered { status, .. } => (Some(*status), Some(format!("answered {status}"))),
        Reply::Silent(reason) | Reply::Forbidden(reason) => (None, Some(shortened(reason))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_taken_is_well() {
        let answered = |status| answer(&Reply::Answered { status, retry_after: None, words: String::new() });
        assert_eq!(answered(204), (Some(204), None));
        assert_eq!(answered(404), (Some(404), Some("answered 404".into())));
        let redirected = "answered 302; nobody follows where an answer leads";
        assert_eq!(answered(302), (Some(302), Some(redirected.into())));
        assert_eq!(answer(&Reply::Silent("timed out".into())), (None, Some("timed out".into())));
        let long = Reply::Forbidden("é".repeat(MAX_DETAIL + 1));
        assert_eq!(answer(&long), (None, Some("é".repeat(MAX_DETAIL))));
    }
}
