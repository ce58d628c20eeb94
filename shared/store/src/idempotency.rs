//! Records of clients' idempotency keys: what a key was used for, so that a repeated request has no second effect.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CustomerId, OrderId, PaymentId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ulid::Ulid;

use crate::error::StoreError;
use crate::item;
use crate::keys::{self, Key};
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// How long a key is remembered.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// A client's key within the scope of one operation, and a fingerprint of the request that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    scope: String,
    hash: String,
    fingerprint: String,
}

/// What a key was used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdempotencyRecord {
    fingerprint: String,
    /// The order that was placed or paid.
    pub order_id: OrderId,
    /// The payment that was begun.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub payment_id: Option<PaymentId>,
}

impl IdempotencyKey {
    /// A key as the client sent it, for a request with these contents. The key itself is not stored, only its hash.
    pub fn new(scope: impl Into<String>, key: &str, request: &impl Serialize) -> Result<Self, StoreError> {
        let request =
            serde_json::to_vec(request).map_err(|error| StoreError::Unwritable(error.to_string()))?;
        Ok(Self { scope: scope.into(), hash: hash(key.as_bytes()), fingerprint: hash(&request) })
    }

    /// Whether a record was written by this same request, and not by another with the same key.
    #[must_use]
    pub fn matches(&self, record: &IdempotencyRecord) -> bool {
        self.fingerprint == record.fingerprint
    }

    /// What tells this request from others with the same key.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(crate) fn key(&self) -> Key {
        keys::idempotency(&self.scope, &self.hash)
    }
}

/// The id of what a request makes: a repeated one of the same person finds what the first one made.
#[must_use]
pub fn id(deed: &str, person: &CustomerId, key: &str) -> Ulid {
    let hash = Sha256::digest(format!("{deed}\n{person}\n{key}"));
    let bits = hash.iter().take(16).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    Ulid::from(bits)
}

/// The SHA-256 of some bytes, in base 64 for addresses.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

impl Database {
    /// What a key was used for, if it was.
    pub async fn idempotency_record(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(key.key().into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::data).transpose()
    }
}

impl Transaction<'_> {
    /// Records that a key was used, unless it was used before.
    pub fn record_idempotency(
        &mut self,
        key: &IdempotencyKey,
        order_id: OrderId,
        payment_id: Option<PaymentId>,
        now: Timestamp,
    ) -> Result<&mut Self, StoreError> {
        let record = IdempotencyRecord { fingerprint: key.fingerprint.clone(), order_id, payment_id };
        let ttl = [(item::TTL, item::number((now + LIFETIME).as_second()))];
        let record = item::with_data(key.key(), &record, ttl)?;
        self.put(Subject::Idempotency, Table::Orders, record, Some("attribute_not_exists(pk)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_matches_and_another_does_not() {
        let key = |request| IdempotencyKey::new("place-order", "k", &request).unwrap();
        let record = IdempotencyRecord {
            fingerprint: key("a").fingerprint,
            order_id: OrderId::generate(),
            payment_id: None,
        };
        assert!(key("a").matches(&record));
        assert!(!key("b").matches(&record));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        let empty = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
        assert_eq!(hash(b""), empty);
    }

    #[test]
    fn a_key_of_a_person_s_stands_for_one_thing() {
        let person =
            |last: char| CustomerId::parse(&format!("c6b4f2d0-0a1b-4c3d-8e9f-0123456789a{last}")).unwrap();
        let made = id("create-supplier", &person('b'), "k");
        assert_eq!(made, id("create-supplier", &person('b'), "k"));
        assert_ne!(made, id("create-supplier", &person('c'), "k"));
        assert_ne!(made, id("create-supplier", &person('b'), "l"));
        assert_ne!(made, id("create-paced-order", &person('b'), "k"));
    }
}
