//! Offers: what suppliers ask for SKUs.

mod many;

use domain::{Offer, Sku, SupplierId};
use thiserror::Error;

pub use many::{MAX_AT_ONCE, OffersWritten};

use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};

/// Why an offer was not written.
#[derive(Debug, Error)]
pub enum OfferWriteError {
    /// Somebody else changed it since it was read.
    #[error("somebody else changed the offer")]
    Outdated,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A part of a supplier's offers, by SKU.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferPage {
    /// The offers.
    pub offers: Vec<Versioned<Offer>>,
    /// The last one's SKU, where more may follow.
    pub next: Option<Sku>,
}

impl Database {
    /// A supplier's offer for a SKU, as of now.
    pub async fn offer(
        &self,
        supplier: SupplierId,
        sku: &Sku,
    ) -> Result<Option<Versioned<Offer>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::offer(supplier, sku).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(versioned).transpose()
    }

    /// All offers for a SKU; one that was written within the last second may be missing, or as it was.
    pub async fn offers_of(&self, sku: &Sku) -> Result<Vec<Offer>, StoreError> {
        Ok(self.offers_for(sku).await?.into_iter().map(|offer| offer.value).collect())
    }

    /// As [`Database::offers_of`], with their versions.
    pub async fn offers_for(&self, sku: &Sku) -> Result<Vec<Versioned<Offer>>, StoreError> {
        self.all_of(&Partition::of_first(Table::Fulfilment, keys::offers_of(sku)), versioned).await
    }

    /// The offers of a supplier, by SKU.
    pub async fn offers_from(
        &self,
        supplier: SupplierId,
        after: Option<&Sku>,
        limit: i32,
    ) -> Result<OfferPage, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", item::text(keys::supplier_partition(supplier)))
            .expression_attribute_values(":prefix", item::text(keys::OFFER_PREFIX))
            .set_exclusive_start_key(after.map(|sku| keys::offer(supplier, sku).into_item()))
            .limit(limit)
            .consistent_read(true);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let offers: Vec<_> = answer.items().iter().map(versioned).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key.and(offers.last()).map(|last| last.value.sku.clone());
        Ok(OfferPage { offers, next })
    }

    /// Writes an offer whose version was read as `version`; 0 where there was none.
    pub async fn put_offer(
        &self,
        offer: &Offer,
        before: Option<&Versioned<Offer>>,
        actor: &Actor,
    ) -> Result<u64, OfferWriteError> {
        let version = before.map_or(0, |before| before.version);
        if before.is_some_and(|before| before.value == *offer) {
            return Ok(version);
        }
        let mut transaction = self.transaction();
        transaction.write_offer(offer, version)?;
        let action = if before.is_some() { "offer.updated" } else { "offer.created" };
        transaction.audit(&entry(actor, action, before.map(|before| &before.value), Some(offer))?)?;
        transaction.commit().await.map_err(outdated)?;
        Ok(version + 1)
    }

    /// Withdraws an offer.
    pub async fn delete_offer(&self, offer: &Versioned<Offer>, actor: &Actor) -> Result<(), OfferWriteError> {
        let Versioned { value: offer, version } = offer;
        let key = keys::offer(offer.supplier_id, &offer.sku);
        let mut transaction = self.transaction();
        match version {
            0 => transaction.remove(Table::Fulfilment, key)?,
            read => transaction.delete(Subject::Offer(offer.sku.clone()), Table::Fulfilment, key, *read)?,
        };
        transaction.audit(&entry(actor, "offer.deleted", Some(offer), None)?)?;
        transaction.commit().await.map_err(outdated)
    }
}

impl Transaction<'_> {
    /// Writes an offer over the one that was read at `version`; 0 where there was none.
    fn write_offer(&mut self, offer: &Offer, version: u64) -> Result<&mut Self, StoreError> {
        let more = [
            (item::VERSION, item::number(version + 1)),
            ("gsi1pk", item::text(keys::offers_of(&offer.sku))),
            ("gsi1sk", item::text(keys::supplier_partition(offer.supplier_id))),
        ];
        let item = item::with_data(keys::offer(offer.supplier_id, &offer.sku), offer, more)?;
        let subject = Subject::Offer(offer.sku.clone());
        if version > 0 {
            return self.put_over(subject, Table::Fulfilment, item, version);
        }
        // The first offers had no version.
        let change = Change {
            update: "",
            condition: Some("attribute_not_exists(#version)"),
            names: &[item::VERSION],
            values: vec![],
        };
        self.put_where(subject, Table::Fulfilment, item, change)
    }
}

fn versioned(item: &Item) -> Result<Versioned<Offer>, StoreError> {
    Ok(Versioned { value: item::data(item)?, version: item::version_or_none(item)? })
}

fn outdated(error: CommitError) -> OfferWriteError {
    match error {
        CommitError::Refused(_) => OfferWriteError::Outdated,
        CommitError::Store(error) => error.into(),
    }
}

fn entry(
    actor: &Actor,
    action: &str,
    before: Option<&Offer>,
    after: Option<&Offer>,
) -> Result<AuditEntry, StoreError> {
    let about = before.or(after).map(|offer| {
        AuditSubject::new("offer", format!("{}:{}", offer.supplier_id, offer.sku), offer.sku.as_str())
    });
    let about = about.ok_or_else(|| StoreError::Unwritable("a change of no offer".into()))?;
    AuditEntry::of(actor, action, about, before, after)
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::config::BehaviorVersion;
    use aws_sdk_dynamodb::{Client, Config};
    use domain::supplier::Window;
    use domain::{Currency, Money, Quantity};

    use super::*;
    use crate::TableNames;
    use crate::transaction::MAX_ACTIONS;

    fn offer(n: usize) -> Offer {
        Offer {
            supplier_id: SupplierId::generate(),
            sku: Sku::parse(&format!("A-{n}")).unwrap(),
            code: "x".into(),
            cost: Money::new(100, Currency::Gbp),
            minimum: Quantity::ONE,
            maximum: Quantity::ONE,
            lead_time_seconds: 60,
            window: Window::default(),
        }
    }

    #[test]
    fn what_is_written_at_once_fits_one_transaction_with_its_audit_entry() {
        let tables = TableNames {
            fulfilment: Some("fulfilment".into()),
            console: Some("console".into()),
            ..TableNames::default()
        };
        let config = Config::builder().behavior_version(BehaviorVersion::latest()).build();
        let database = Database::new(Client::from_conf(config), tables);
        let mut transaction = database.transaction();
        for n in 0..MAX_AT_ONCE {
            transaction.write_offer(&offer(n), 0).unwrap();
        }
        let actor = Actor::system("test");
        transaction.audit(&entry(&actor, "offer.created", None, Some(&offer(0))).unwrap()).unwrap();
        assert_eq!(transaction.len(), MAX_ACTIONS);
    }

    #[test]
    fn an_offer_without_a_version_reads_as_version_none() {
        let mut item =
            item::with_data(keys::offer(SupplierId::generate(), &offer(1).sku), &offer(1), []).unwrap();
        assert_eq!(versioned(&item).unwrap().version, 0);
        item.insert(item::VERSION.into(), item::number(4));
        assert_eq!(versioned(&item).unwrap().version, 4);
    }
}
