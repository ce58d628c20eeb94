//! Partners' keys. A key is shown once, when it is made; what is stored is the hash of its secret.

use std::collections::BTreeSet;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CustomerEmail, Partner, PartnerId, PartnerKeyId, PartnerKeyName, PartnerScope};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::{StoreError, held};
use crate::idempotency::hash;
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// What every key begins with, so that a leaked one is recognised.
pub const KEY_PREFIX: &str = "imk_";
/// How many random bytes a key's secret has.
pub const SECRET_BYTES: usize = 32;
/// The most characters that a key may have.
pub const MAX_KEY: usize = 128;
/// The last use of a key is written down at most this often.
pub const LAST_USED_EVERY: SignedDuration = SignedDuration::from_secs(60);

const HASH: &str = "hash";
const LAST_USED: &str = "lastUsedAt";

/// A key as its holder has it: `imk_<id>_<secret>`.
#[derive(Clone, PartialEq, Eq)]
pub struct PresentedKey {
    id: PartnerKeyId,
    secret: String,
}

impl PresentedKey {
    /// A new key, unlike any other.
    #[must_use]
    pub fn generate() -> Self {
        let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; SECRET_BYTES]>());
        Self { id: PartnerKeyId::generate(), secret }
    }

    /// Reads a key that somebody sent; nothing where the text is no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_KEY {
            return None;
        }
        let (id, secret) = text.strip_prefix(KEY_PREFIX)?.split_once('_')?;
        let id = PartnerKeyId::parse(&format!("{}{id}", PartnerKeyId::PREFIX)).ok()?;
        Some(Self { id, secret: secret.to_owned() })
    }

    /// Which key this is.
    #[must_use]
    pub fn id(&self) -> PartnerKeyId {
        self.id
    }

    /// The whole key, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{KEY_PREFIX}{}_{}", self.id.ulid(), self.secret)
    }

    fn hash(&self) -> String {
        hash(self.secret.as_bytes())
    }
}

impl fmt::Debug for PresentedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PresentedKey({})", self.id)
    }
}

/// What is known of a partner's key. The key itself is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerKey {
    /// The key's id.
    pub id: PartnerKeyId,
    /// Whose it is, where it is not the partner's first key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub partner_id: Option<PartnerId>,
    /// What staff call it.
    pub name: PartnerKeyName,
    /// What it lets its holder do.
    pub scopes: BTreeSet<PartnerScope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: CustomerEmail,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revoked_at: Option<Timestamp>,
}

impl PartnerKey {
    /// Whose it is. A partner outlives its keys.
    #[must_use]
    pub fn partner(&self) -> PartnerId {
        self.partner_id.unwrap_or_else(|| PartnerId::of_first_key(self.id))
    }
}

/// A partner's key and when it was used last, give or take [`LAST_USED_EVERY`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedPartnerKey {
    /// The key.
    pub key: Versioned<PartnerKey>,
    /// When it was used last.
    pub last_used_at: Option<Timestamp>,
}

impl Database {
    /// One key.
    pub async fn partner_key(&self, id: PartnerKeyId) -> Result<Option<UsedPartnerKey>, StoreError> {
        self.partner_key_item(id).await?.as_ref().map(read).transpose()
    }

    /// All keys, the newest first, revoked ones too.
    pub async fn partner_keys(&self) -> Result<Vec<UsedPartnerKey>, StoreError> {
        self.all_of(&Partition::of_first(Table::Console, keys::PARTNER_KEYS).backwards(), read).await
    }

    /// Whose key this is. Nothing for one that was made up, and for one that was revoked, from that moment on.
    pub async fn partner_of(
        &self,
        presented: &PresentedKey,
        now: Timestamp,
    ) -> Result<Option<Partner>, StoreError> {
        let Some(item) = self.partner_key_item(presented.id).await? else {
            return Ok(None);
        };
        // The hashes of guesses tell nothing about how near a guess was, so that comparing them may take any time.
        let genuine = item::read_text(&item, HASH)? == presented.hash();
        let UsedPartnerKey { key: Versioned { value: key, .. }, last_used_at } = read(&item)?;
        if !genuine || key.revoked_at.is_some() {
            return Ok(None);
        }
        if last_used_at.is_none_or(|last| now.duration_since(last) >= LAST_USED_EVERY) {
            self.note_use(key.id, now).await?;
        }
        Ok(Some(Partner { id: key.id, partner_id: key.partner(), name: key.name, scopes: key.scopes }))
    }

    async fn partner_key_item(&self, id: PartnerKeyId) -> Result<Option<Item>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::partner_key(id).into_item()))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::sdk("GetItem"))?.item)
    }

    async fn note_use(&self, id: PartnerKeyId, now: Timestamp) -> Result<(), StoreError> {
        let written = self
            .client
            .update_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::partner_key(id).into_item()))
            .update_expression("SET #used = :now")
            // Of many that come at once, one writes; none brings a deleted key back.
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(#used) OR #used <= :due)")
            .expression_attribute_names("#used", LAST_USED)
            .expression_attribute_values(":now", item::number(now.as_second()))
            .expression_attribute_values(":due", item::number((now - LAST_USED_EVERY).as_second()))
            .send()
            .await;
        held("UpdateItem", written).map(drop)
    }
}

fn read(item: &Item) -> Result<UsedPartnerKey, StoreError> {
    let last_used_at = if item.contains_key(LAST_USED) {
        let second = i64::try_from(item::read_number(item, LAST_USED)?);
        let time = second.ok().and_then(|second| Timestamp::from_second(second).ok());
        Some(time.ok_or_else(|| item::corrupt(item, "lastUsedAt is no time"))?)
    } else {
        None
    };
    Ok(UsedPartnerKey { key: item::versioned(item)?, last_used_at })
}

impl Transaction<'_> {
    /// Stores what is known of a new key, with the hash of its secret.
    pub fn create_partner_key(
        &mut self,
        key: &PartnerKey,
        presented: &PresentedKey,
    ) -> Result<&mut Self, StoreError> {
        let more = [
            (item::VERSION, item::number(1)),
            (HASH, item::text(presented.hash())),
            ("gsi1pk", item::text(keys::PARTNER_KEYS)),
            ("gsi1sk", item::text(key.id)),
        ];
        let item = item::with_data(keys::partner_key(key.id), key, more)?;
        self.put(Subject::PartnerKey, Table::Console, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed key, if nobody else changed it since it was read.
    pub fn update_partner_key(&mut self, key: &Versioned<PartnerKey>) -> Result<&mut Self, StoreError> {
        self.replace(Subject::PartnerKey, Table::Console, keys::partner_key(key.value.id), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_keeps_its_secret_to_itself() {
        let key = PresentedKey::generate();
        let text = key.reveal();
        assert_eq!(PresentedKey::parse(&text).unwrap(), key);
        assert!(text.len() <= MAX_KEY && text.starts_with(KEY_PREFIX), "{text}");
        assert_eq!(URL_SAFE_NO_PAD.decode(&key.secret).unwrap().len(), SECRET_BYTES);
        assert!(!format!("{key:?}").contains(&key.secret));
        assert_ne!(key.hash(), key.secret);
        assert_ne!(PresentedKey::generate().secret, key.secret);
    }

    #[test]
    fn the_first_key_names_the_partner_and_later_ones_say_whose_they_are() {
        let id = PartnerKeyId::generate();
        // As keys were stored before a partner could have several.
        let stored = serde_json::json!({
            "id": id,
            "name": "Calder & Sons",
            "scopes": ["orders:write"],
            "createdAt": "2026-11-01T00:00:00Z",
            "createdBy": "ada@example.org",
        });
        let first: PartnerKey = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(first.partner(), PartnerId::of_first_key(id));
        assert_eq!(serde_json::to_value(&first).unwrap(), stored);
        let next = PartnerKey { id: PartnerKeyId::generate(), partner_id: Some(first.partner()), ..first };
        let read: PartnerKey = serde_json::from_value(serde_json::to_value(&next).unwrap()).unwrap();
        assert_eq!(read.partner(), PartnerId::of_first_key(id));
    }

    #[test]
    fn what_is_no_key_is_not_looked_up() {
        let key = PresentedKey::generate().reveal();
        let lower = key.to_lowercase();
        let long = format!("{key}{}", "x".repeat(MAX_KEY));
        for bad in ["", "imk_", "imk__", "imk_1_x", &key[4..], &lower, &long, &key[..30]] {
            assert_eq!(PresentedKey::parse(bad), None, "{bad}");
        }
    }
}
