//! The way to partners' programs.

use std::sync::Arc;

use aws_config::SdkConfig;
use courier::{CourierError, Parcel, Told};
use domain::PartnerId;
use secrets::{SecretName, Secrets};
use store::Database;

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
    /// The calls.
    pub calls: courier::Courier,
}

impl Courier {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let calls = courier::Courier::from_env(config)?;
        let secrets = Arc::clone(&calls.secrets);
        Ok(Self { desk: CallbackDesk { database: Database::from_env(config), secrets }, calls })
    }

    /// Tells a partner's program something. `id` is its name, by which the program knows what it has heard before.
    pub async fn tell(
        &self,
        partner: PartnerId,
        url: &str,
        id: &str,
        body: Vec<u8>,
    ) -> Result<Told, CourierError> {
        // Nothing is kept of what a partner's program answers but its status.
        let parcel = Parcel { url, id, body, private: &[] };
        self.calls.tell(&SecretName::PartnerCallback(partner), parcel).await
    }
}
