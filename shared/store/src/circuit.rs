//! Circuit breakers: whether a supplier is called at all. One state for all functions, in the table.

use std::collections::{BTreeMap, HashMap};

use domain::SupplierId;
use domain::circuit::Circuit;

use crate::error::StoreError;
use crate::health::HealthEntry;
use crate::item::{self, Versioned};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};

impl Database {
    /// A supplier's circuit as of now. One that was never written is at version 0 and closed.
    pub async fn circuit(&self, supplier: SupplierId) -> Result<Versioned<Circuit>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::circuit(supplier).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let circuit = found.item.as_ref().map(item::versioned).transpose()?;
        Ok(circuit.unwrap_or_else(|| Versioned { value: Circuit::default(), version: 0 }))
    }

    /// These suppliers' circuits; those that were never written are closed.
    pub async fn circuits(
        &self,
        suppliers: impl IntoIterator<Item = SupplierId>,
    ) -> Result<BTreeMap<SupplierId, Circuit>, StoreError> {
        let ids: Vec<_> = suppliers.into_iter().collect();
        let items = self.items(Table::Fulfilment, ids.iter().map(|id| keys::circuit(*id))).await?;
        let found: HashMap<_, _> = items
            .iter()
            .map(|item| Ok((item::key(item)?, item::data(item)?)))
            .collect::<Result<_, StoreError>>()?;
        let circuit = |id: SupplierId| (id, found.get(&keys::circuit(id)).copied().unwrap_or_default());
        Ok(ids.into_iter().map(circuit).collect())
    }

    /// Stores a circuit, and what is to be said of its change, if nobody else changed it since it was read. Says whether
    /// it was stored.
    pub async fn put_circuit(
        &self,
        supplier: SupplierId,
        circuit: &Versioned<Circuit>,
        entry: Option<&HealthEntry>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.transaction();
        transaction.write_circuit(supplier, circuit)?;
        if let Some(entry) = entry {
            transaction.log_health(supplier, entry)?;
        }
        match transaction.commit().await {
            Ok(()) => Ok(true),
            Err(CommitError::Refused(_)) => Ok(false),
            Err(CommitError::Store(error)) => Err(error),
        }
    }
}

impl Transaction<'_> {
    fn write_circuit(
        &mut self,
        supplier: SupplierId,
        circuit: &Versioned<Circuit>,
    ) -> Result<&mut Self, StoreError> {
        let mut change = Change {
            update: "SET #data = :data, #version = :next",
            condition: Some("attribute_not_exists(pk)"),
            names: &[item::DATA, item::VERSION],
            values: vec![
                (":data", item::stored(&circuit.value)?),
                (":next", item::number(circuit.version + 1)),
            ],
        };
        if circuit.version > 0 {
            change.condition = Some("#version = :read");
            change.values.push((":read", item::number(circuit.version)));
        }
        self.update(Subject::Circuit, Table::Fulfilment, keys::circuit(supplier), change)
    }
}
