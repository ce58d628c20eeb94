//! Identities that come out the same on every run, so that a second run finds what the first one wrote.

use domain::ids::IdError;
use domain::{ProductId, ReviewId, SupplierId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use ulid::Ulid;

/// The id of the product that `scope` calls `name`.
pub fn product_id(scope: &str, name: &str) -> Result<ProductId, IdError> {
    ProductId::parse(&format!("{}{}", ProductId::PREFIX, ulid(scope, name)))
}

/// The id of the supplier called `name`.
pub fn supplier_id(name: &str) -> Result<SupplierId, IdError> {
    SupplierId::parse(&format!("{}{}", SupplierId::PREFIX, ulid("supplier", name)))
}

/// The id of the review called `name`, which sorts by when it was written.
#[must_use]
pub fn review_id(written: Timestamp, name: &str) -> ReviewId {
    let millis = u64::try_from(written.as_millisecond()).unwrap_or_default();
    ReviewId::from_ulid(Ulid::from_parts(millis, ulid("review", name).random()))
}

/// A few characters that tell `text` from others that look alike.
#[must_use]
pub fn mark(text: &str) -> String {
    hash(text.as_bytes()).chars().take(6).collect()
}

/// The SHA-256 of some bytes, in lower-case hexadecimal.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]].map(char::from);
    Sha256::digest(bytes).iter().copied().flat_map(digits).collect()
}

fn ulid(scope: &str, name: &str) -> Ulid {
    let hash = Sha256::digest(format!("{scope}/{name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Ulid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_the_same_on_every_run_and_unlike_others() {
        let hammer = product_id("seed", "claw-hammer").unwrap();
        assert_eq!(hammer, product_id("seed", "claw-hammer").unwrap());
        assert_ne!(hammer, product_id("import", "claw-hammer").unwrap());
        assert_ne!(hammer, product_id("seed", "tenon-saw").unwrap());
        assert_ne!(supplier_id("Northgate").unwrap(), supplier_id("Calder").unwrap());
    }

    #[test]
    fn a_hash_is_the_published_one() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash(b"abc"), known);
    }

    #[test]
    fn marks_tell_codes_apart_that_make_the_same_slug() {
        assert_eq!(mark("85123a").len(), 6);
        assert_ne!(mark("85123a"), mark("85123A"));
    }
}
