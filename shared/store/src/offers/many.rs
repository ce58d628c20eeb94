//! Many offers at once, as they come from a file.

use std::collections::BTreeMap;

use domain::{Offer, Sku};

use super::versioned;
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::item::{Item, Versioned};
use crate::keys;
use crate::transaction::{CommitError, MAX_ACTIONS};
use crate::{Database, Table};

/// The most offers that are written at once: one action of the transaction is the audit entry.
pub const MAX_AT_ONCE: usize = MAX_ACTIONS - 1;
/// How often offers are read again and written again that others write at the same time.
const MAX_TRIES: u32 = 5;

/// What came of writing many offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OffersWritten {
    /// Those that are new.
    pub created: usize,
    /// Those that changed.
    pub updated: usize,
    /// Those that were like that already.
    pub unchanged: usize,
}

impl Database {
    /// What writing these offers of one supplier would do, or, unless it is for show only, does: each becomes as it is
    /// here, whatever it was. No SKU may come twice. They are written in parts of [`MAX_AT_ONCE`]; a repeat is harmless.
    pub async fn write_offers(
        &self,
        about: &AuditSubject,
        offers: &[Offer],
        actor: &Actor,
        for_show: bool,
    ) -> Result<OffersWritten, StoreError> {
        let mut written = OffersWritten::default();
        for part in offers.chunks(MAX_AT_ONCE) {
            let done = self.write_part(about, part, actor, for_show).await?;
            written.created += done.created;
            written.updated += done.updated;
            written.unchanged += done.unchanged;
        }
        Ok(written)
    }

    async fn write_part(
        &self,
        about: &AuditSubject,
        offers: &[Offer],
        actor: &Actor,
        for_show: bool,
    ) -> Result<OffersWritten, StoreError> {
        for _ in 0..MAX_TRIES {
            let before = self.offers_as_of_now(offers).await?;
            let differs = |offer: &&Offer| before.get(&offer.sku).is_none_or(|old| old.value != **offer);
            let changed: Vec<_> = offers.iter().filter(differs).collect();
            let created = changed.iter().filter(|offer| !before.contains_key(&offer.sku)).count();
            let written = OffersWritten {
                created,
                updated: changed.len() - created,
                unchanged: offers.len() - changed.len(),
            };
            if for_show || changed.is_empty() {
                return Ok(written);
            }
            let mut transaction = self.transaction();
            for offer in &changed {
                transaction.write_offer(offer, before.get(&offer.sku).map_or(0, |old| old.version))?;
            }
            let old = changed.iter().filter_map(|offer| before.get(&offer.sku).map(|old| &old.value));
            let old: BTreeMap<_, _> = old.map(|offer| (&offer.sku, offer)).collect();
            let new: BTreeMap<_, _> = changed.iter().map(|offer| (&offer.sku, *offer)).collect();
            transaction.audit(&AuditEntry::of(
                actor,
                "supplier.offersWritten",
                about.clone(),
                Some(&old),
                Some(&new),
            )?)?;
            match transaction.commit().await {
                Ok(()) => return Ok(written),
                Err(CommitError::Refused(_)) => {}
                Err(CommitError::Store(error)) => return Err(error),
            }
        }
        Err(StoreError::Contended)
    }

    async fn offers_as_of_now(
        &self,
        offers: &[Offer],
    ) -> Result<BTreeMap<Sku, Versioned<Offer>>, StoreError> {
        let keys = offers.iter().map(|offer| keys::offer(offer.supplier_id, &offer.sku));
        let items = self.items(Table::Fulfilment, keys).await?;
        let read = |item: &Item| versioned(item).map(|offer| (offer.value.sku.clone(), offer));
        items.iter().map(read).collect()
    }
}
