//! By which strategy suppliers are chosen.

use std::collections::BTreeMap;

use domain::ProductId;
use domain::routing::Strategy;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::item::{self, Versioned};
use crate::keys;
use crate::transaction::{CommitError, Subject};
use crate::{Database, Table};

/// By which strategy suppliers are chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Routing {
    /// For all products that are not named.
    pub default: Strategy,
    /// For these products.
    #[serde(default)]
    pub products: BTreeMap<ProductId, Strategy>,
}

impl Routing {
    /// The most products that have a strategy of their own: all of it is one item, which every plan reads.
    pub const MAX_PRODUCTS: usize = 500;

    /// The strategy for a product.
    #[must_use]
    pub fn strategy_of(&self, product: ProductId) -> Strategy {
        self.products.get(&product).copied().unwrap_or(self.default)
    }
}

/// Why strategies were not written.
#[derive(Debug, Error)]
pub enum RoutingWriteError {
    /// Somebody else changed them since they were read.
    #[error("somebody else changed the strategies")]
    Outdated,
    /// They could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// The strategies as of now; version 0 where nobody has chosen any.
    pub async fn routing(&self) -> Result<Versioned<Routing>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::routing().into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let written = found.item.as_ref().map(item::versioned).transpose()?;
        Ok(written.unwrap_or(Versioned { value: Routing::default(), version: 0 }))
    }

    /// Writes strategies that were read as `before`.
    pub async fn update_routing(
        &self,
        before: &Versioned<Routing>,
        routing: Routing,
        actor: &Actor,
    ) -> Result<Versioned<Routing>, RoutingWriteError> {
        let about = AuditSubject::new("routing", "all", "Routing");
        let entry = AuditEntry::of(actor, "routing.updated", about, Some(&before.value), Some(&routing))?;
        let mut transaction = self.transaction();
        if before.version == 0 {
            let item = item::with_data(keys::routing(), &routing, [(item::VERSION, item::number(1))])?;
            transaction.put(Subject::Routing, Table::Fulfilment, item, Some("attribute_not_exists(pk)"))?;
        } else {
            let after = Versioned { value: &routing, version: before.version };
            transaction.replace(Subject::Routing, Table::Fulfilment, keys::routing(), &after)?;
        }
        transaction.audit(&entry)?;
        match transaction.commit().await {
            Ok(()) => Ok(Versioned { value: routing, version: before.version + 1 }),
            Err(CommitError::Refused(_)) => Err(RoutingWriteError::Outdated),
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_its_own_strategy_or_the_default_and_all_of_it_is_read_back() {
        let (own, other) = (ProductId::generate(), ProductId::generate());
        let routing =
            Routing { default: Strategy::Fastest, products: BTreeMap::from([(own, Strategy::Cheapest)]) };
        assert_eq!(routing.strategy_of(own), Strategy::Cheapest);
        assert_eq!(routing.strategy_of(other), Strategy::Fastest);
        let item = item::with_data(keys::routing(), &routing, [(item::VERSION, item::number(2))]).unwrap();
        assert_eq!(item::versioned(&item).ok(), Some(Versioned { value: routing, version: 2 }));
    }
}
