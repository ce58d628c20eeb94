//! The way to partners' programs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use domain::PartnerId;
use jiff::Timestamp;
use secrets::{SecretError, SecretName, Secrets};
use store::Database;
use suppliers::callback::{MAX_CALL, Message, Reply, tell};
use suppliers::webhook::WebhookError;
use suppliers::{Egress, HOSTS_VARIABLE, HttpClient};
use thiserror::Error;

use super::signing::{CallbackSecrets, UnreadableSecrets};

/// What a function needs beside its call: to read, and to write down what came of it.
pub const TIME_BESIDE_CALL: Duration = Duration::from_secs(3);

/// What the routes share that change what is signed with.
#[derive(Debug, Clone)]
pub struct CallbackDesk {
    /// The tables.
    pub database: Database,
    /// The store of secrets.
    pub secrets: Arc<Secrets>,
}

impl CallbackDesk {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), secrets: Arc::new(Secrets::from_env(config)?) })
    }
}

/// Who calls partners' programs.
#[derive(Debug, Clone)]
pub struct Courier {
    /// The tables, and the store of secrets.
    pub desk: CallbackDesk,
    /// The way out.
    pub http: HttpClient,
    /// How long a call may take.
    pub call_time: Duration,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was answered.
    pub reply: Reply,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Why a partner cannot be called.
#[derive(Debug, Error)]
pub enum CourierError {
    /// There is nothing to sign with: whoever set the callback did not get to the end of it.
    #[error("the callback has no secret yet: it is to be set again")]
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
        Ok(Self { desk: CallbackDesk::from_env(config)?, http: HttpClient::new(hosts)?, call_time })
    }

    /// Tells a partner's program something. `id` is its name, by which the program knows what it has heard before.
    pub async fn tell(
        &self,
        partner: PartnerId,
        url: &str,
        id: &str,
        body: Vec<u8>,
    ) -> Result<Told, CourierError> {
        let stored = self.desk.secrets.get(&SecretName::PartnerCallback(partner)).await?;
        let now = Timestamp::now();
        let secrets = CallbackSecrets::parse(&stored.ok_or(CourierError::NoSecret)?)?.signing(now);
        let message = Message { id, body, secrets: &secrets };
        let begun = Instant::now();
        let reply = tell(&self.http, url, message, now, self.call_time).await?;
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Told { reply, took_ms })
    }
}
