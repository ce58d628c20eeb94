//! What suppliers told us that is good for more than one call: tokens, and how wrong their clocks are. Kept for as long
//! as the process lives, because an adapter lives for one task only.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::Secret;

/// Who a token is for: a hash, so that no secret is a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenKey([u8; 32]);

impl TokenKey {
    /// The key for all that makes a token what it is, the client's secret too: a rotated secret asks anew.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}

/// A token that a supplier gave us.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub value: Secret,
    /// Until when it is to be used.
    pub good_until: Timestamp,
}

/// The place of one token. Who needs it holds the lock while fetching it, so that the others wait instead of fetching
/// it too.
pub(crate) type TokenSlot = Arc<tokio::sync::Mutex<Option<Token>>>;

/// All tokens and clocks.
#[derive(Default)]
pub(crate) struct TokenCache {
    slots: Mutex<HashMap<TokenKey, TokenSlot>>,
    skews: Mutex<HashMap<String, SignedDuration>>,
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache(…)")
    }
}

impl TokenCache {
    /// The place of a token, made if there is none yet.
    pub fn slot(&self, key: TokenKey) -> TokenSlot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(key).or_default())
    }

    /// How far a host's clock is ahead of ours, as far as we know.
    pub fn skew(&self, host: &str) -> SignedDuration {
        let skews = self.skews.lock().unwrap_or_else(PoisonError::into_inner);
        skews.get(host).copied().unwrap_or_default()
    }

    /// Remembers how far a host's clock is ahead of ours.
    pub fn set_skew(&self, host: &str, skew: SignedDuration) {
        self.skews.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned(), skew);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_all_of_its_parts() {
        assert_eq!(TokenKey::of(["a", "b"]), TokenKey::of(["a", "b"]));
        assert_ne!(TokenKey::of(["a", "b"]), TokenKey::of(["ab", ""]));
        assert_ne!(TokenKey::of(["a", "b"]), TokenKey::of(["a"]));
    }
}
