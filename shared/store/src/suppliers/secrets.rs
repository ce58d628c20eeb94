//! When the secrets of suppliers were set.

use jiff::Timestamp;
use serde_json::json;

use super::{StoredSupplier, SupplierWriteError, subject};
use crate::audit::{Actor, AuditEntry};
use crate::error::StoreError;
use crate::health::{HealthEntry, HealthKind};
use crate::item::{self, Item};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject};
use crate::{Database, Table};

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretUse {
    /// Shows the supplier who we are.
    Credential,
    /// The supplier signs with it what it tells of its own accord.
    Webhook,
}

impl SecretUse {
    /// The use's name, as it stands in addresses and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Webhook => "webhook",
        }
    }

    /// The attribute that says when the secret was set.
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::Credential => "credentialSetAt",
            Self::Webhook => "webhookSetAt",
        }
    }
}

/// When a supplier's secrets were set; nothing for one that is not set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SecretsSet {
    /// What shows the supplier who we are.
    pub credential: Option<Timestamp>,
    /// What the supplier signs with.
    pub webhook: Option<Timestamp>,
}

impl SecretsSet {
    /// As an item says.
    pub(super) fn of(item: &Item) -> Result<Self, StoreError> {
        let set = |secret: SecretUse| {
            let text = item.get(secret.attribute()).map(|_| item::read_text(item, secret.attribute()));
            let at = text.transpose()?.map(str::parse::<Timestamp>);
            at.transpose().map_err(|error| item::corrupt(item, error))
        };
        Ok(Self { credential: set(SecretUse::Credential)?, webhook: set(SecretUse::Webhook)? })
    }
}

impl Database {
    /// Notes that a secret of a supplier was set, or that it is no more.
    pub async fn note_secret(
        &self,
        stored: &StoredSupplier,
        secret: SecretUse,
        at: Option<Timestamp>,
        actor: &Actor,
    ) -> Result<(), SupplierWriteError> {
        let supplier = &stored.record.value.supplier;
        let update = match at {
            Some(_) => format!("SET {} = :at", secret.attribute()),
            None => format!("REMOVE {}", secret.attribute()),
        };
        let change = Change {
            update: &update,
            condition: Some("attribute_exists(pk)"),
            names: &[],
            values: at.map(|at| (":at", item::text(at))).into_iter().collect(),
        };
        let before = match secret {
            SecretUse::Credential => stored.secrets.credential,
            SecretUse::Webhook => stored.secrets.webhook,
        };
        let told = |at: Option<Timestamp>| json!({ "secrets": { secret.name(): at } });
        let action = if at.is_some() { "supplier.secretSet" } else { "supplier.secretRemoved" };
        let (before, after) = (told(before), told(at));
        let entry = AuditEntry::of(actor, action, subject(supplier), Some(&before), Some(&after))?;
        let mut transaction = self.transaction();
        transaction.update(Subject::Supplier, Table::Fulfilment, keys::supplier(supplier.id), change)?;
        let logged = HealthEntry::new(HealthKind::SecretChanged, secret.name(), Timestamp::now());
        transaction.log_health(supplier.id, &logged)?;
        transaction.audit(&entry)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => SupplierWriteError::Outdated,
            CommitError::Store(error) => error.into(),
        })
    }
}
