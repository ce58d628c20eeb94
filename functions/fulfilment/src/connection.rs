//! The way to a supplier: its record, and its adapter with the credential of now.

use std::sync::Arc;

use domain::SupplierId;
use secrets::SecretName;
use store::Versioned;
use store::suppliers::SupplierRecord;
use suppliers::{AdapterKind, Supplier};

use crate::desk::{Desk, DeskError};

/// A supplier that can be spoken to.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The supplier as it is kept.
    pub record: Versioned<SupplierRecord>,
    /// What speaks to it.
    pub api: Arc<dyn Supplier>,
}

impl Connection {
    /// The supplier's id.
    #[must_use]
    pub fn id(&self) -> SupplierId {
        self.record.value.supplier.id
    }

    /// The supplier's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.value.supplier.name
    }
}

impl Desk {
    /// The way to a supplier. The credential is read anew when it is older than [`secrets`] keep it, so that a rotated one
    /// is used soon.
    pub async fn connect(&self, id: SupplierId) -> Result<Connection, DeskError> {
        let broken = |reason: String| DeskError::Supplier { supplier_id: id, reason };
        let record = self.database.supplier(id).await?.ok_or_else(|| broken("it was deleted".into()))?;
        let kind: AdapterKind = record.value.adapter.parse().map_err(|error| broken(format!("{error}")))?;
        let credential = self.secrets.get(&SecretName::credential(id)).await?;
        let api = suppliers::connect(kind, &record.value.configuration, credential.as_ref(), &self.http);
        Ok(Connection { record, api: api.map_err(|error| broken(error.to_string()))? })
    }
}
