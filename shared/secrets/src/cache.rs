//! What was read a short while ago.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use suppliers::Secret;

use crate::SecretName;

/// How long a secret is used before it is read again. By the clock on the wall: a function that was frozen must not
/// take its sleep for a moment.
pub const CACHE_TIME: SignedDuration = SignedDuration::from_secs(30);

#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<SecretName, Entry>>);

struct Entry {
    read_at: Timestamp,
    secret: Option<Secret>,
}

/// What is known: that there is no secret, or the secret.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Known(pub Option<Secret>);

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cache(…)")
    }
}

impl Cache {
    /// What is known, if anything.
    pub fn get(&self, name: &SecretName, now: Timestamp) -> Option<Known> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.get(name)?;
        let age = now.duration_since(entry.read_at);
        (SignedDuration::ZERO..CACHE_TIME).contains(&age).then(|| Known(entry.secret.clone()))
    }

    pub fn put(&self, name: &SecretName, secret: Option<Secret>, now: Timestamp) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(*name, Entry { read_at: now, secret });
    }
}

#[cfg(test)]
mod tests {
    use domain::SupplierId;

    use super::*;

    #[test]
    fn a_secret_is_read_anew_after_a_short_while() {
        let supplier = SupplierId::generate();
        let (cache, name) = (Cache::default(), SecretName::credential(supplier));
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        assert_eq!(cache.get(&name, now), None);
        cache.put(&name, Some(Secret::new("s3cret")), now);
        let nearly = now + CACHE_TIME - SignedDuration::from_millis(1);
        assert_eq!(cache.get(&name, nearly), Some(Known(Some(Secret::new("s3cret")))));
        assert_eq!(cache.get(&name, now + CACHE_TIME), None);
        assert_eq!(cache.get(&name, now - SignedDuration::from_secs(1)), None, "the clock went back");
        assert_eq!(cache.get(&SecretName::webhook(supplier), now), None);
        cache.put(&name, None, now);
        assert_eq!(cache.get(&name, now), Some(Known(None)));
        assert_eq!(format!("{cache:?}"), "Cache(…)");
    }
}
