//! What the routes share.

use std::sync::Arc;

use aws_config::SdkConfig;
use axum::Json;
use axum::response::{IntoResponse, Response};
use courier::Courier;
use domain::{DeliveryId, WebhookId};
use events::Queue;
use secrets::Secrets;
use store::merchant_webhooks::{Delivery, UsedWebhook};
use store::{CommitError, Database, Transaction};
use web::{Problem, tagged};

use crate::webhook::WebhookDto;

/// The environment variable with the address of the queue of what is to be told.
pub const WEBHOOK_QUEUE: &str = "WEBHOOK_QUEUE_URL";

/// What the routes need that change what is signed with.
#[derive(Debug, Clone)]
pub struct WebhookDesk {
    /// The tables.
    pub database: Database,
    /// The store of secrets.
    pub secrets: Arc<Secrets>,
}

impl WebhookDesk {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), secrets: Arc::new(Secrets::from_env(config)?) })
    }
}

/// What the routes need that look at addresses, or call there.
#[derive(Debug, Clone)]
pub struct Teller {
    /// The tables.
    pub database: Database,
    /// The calls.
    pub courier: Courier,
}

impl Teller {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self { database: Database::from_env(config), courier: Courier::from_env(config)? })
    }
}

/// What the routes need that have something told.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The tables.
    pub database: Database,
    /// The queue of what is to be told.
    pub queue: Queue,
}

impl Sender {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), queue: Queue::from_env(config, WEBHOOK_QUEUE)? })
    }
}

/// The webhook's id in a path.
pub fn path_webhook(id: &str) -> Result<WebhookId, Problem> {
    WebhookId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}

/// The delivery's id in a path.
pub fn path_delivery(id: &str) -> Result<DeliveryId, Problem> {
    DeliveryId::parse(id).map_err(|error| Problem::bad_parameter("/path/deliveryId", error))
}

/// A webhook as of now.
pub async fn load(database: &Database, id: WebhookId) -> Result<UsedWebhook, Problem> {
    let found = database.merchant_webhook(id).await.map_err(Problem::internal)?;
    found.ok_or_else(|| Problem::not_found("webhook"))
}

/// A webhook as of now, if it is the version that an edit was made of.
pub async fn load_version(database: &Database, id: WebhookId, version: u64) -> Result<UsedWebhook, Problem> {
    let used = load(database, id).await?;
    if used.webhook.version == version {
        return Ok(used);
    }
    Err(Problem::outdated(&WebhookDto::from(used)))
}

/// A delivery of a webhook, as of now.
pub async fn load_delivery(
    database: &Database,
    webhook: WebhookId,
    id: DeliveryId,
) -> Result<Delivery, Problem> {
    let found = database.webhook_delivery(webhook, id).await.map_err(Problem::internal)?;
    found.map(|delivery| delivery.value).ok_or_else(|| Problem::not_found("delivery"))
}

/// Changes a webhook, and gives it as it is then. Where somebody else was faster, nothing is changed.
pub async fn commit(
    database: &Database,
    id: WebhookId,
    transaction: &mut Transaction<'_>,
) -> Result<UsedWebhook, Problem> {
    match transaction.commit().await {
        Ok(()) => load(database, id).await,
        Err(CommitError::Refused(_)) => Err(Problem::outdated(&WebhookDto::from(load(database, id).await?))),
        Err(CommitError::Store(error)) => Err(Problem::internal(error)),
    }
}

/// The answer that shows a webhook.
#[must_use]
pub fn shown(used: UsedWebhook) -> Response {
    tagged(used.webhook.version, Json(WebhookDto::from(used)).into_response())
}
