//! What calls to one program are signed with: a secret and, for a while after it was made, those before it.
//!
//! All of them lie in one place, so that a change of them is one write: `whsec_… whsec_…@time`, the newest first, the
//! former ones with the time until which they sign too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use suppliers::Secret;
use thiserror::Error;

/// How long calls are signed with a former secret too.
pub const OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// The most secrets that calls are signed with at once.
pub const MAX_SECRETS: usize = 4;
/// How many random bytes a secret has.
pub const SECRET_BYTES: usize = 32;

const PREFIX: &str = "whsec_";

/// What is stored in the place of secrets is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("what was stored as secrets cannot be read")]
pub struct UnreadableSecrets;

/// The secrets of one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningSecrets {
    current: Secret,
    former: Vec<(Secret, Timestamp)>,
}

impl SigningSecrets {
    /// A new secret, unlike any other, and none before it.
    #[must_use]
    pub fn generate() -> Self {
        let current = format!("{PREFIX}{}", STANDARD.encode(rand::random::<[u8; SECRET_BYTES]>()));
        Self { current: Secret::new(current), former: Vec::new() }
    }

    /// Reads them back.
    pub fn parse(stored: &Secret) -> Result<Self, UnreadableSecrets> {
        let mut parts = stored.expose().split(' ');
        let current = parts.next().filter(|text| text.starts_with(PREFIX)).ok_or(UnreadableSecrets)?;
        let former = parts.map(|part| {
            let (secret, until) = part.split_once('@')?;
            Some((Secret::new(secret), until.parse().ok()?))
        });
        let former = former.collect::<Option<_>>().ok_or(UnreadableSecrets)?;
        Ok(Self { current: Secret::new(current), former })
    }

    /// The form in which they are stored.
    #[must_use]
    pub fn stored(&self) -> Secret {
        let former = self.former.iter().map(|(secret, until)| format!("{}@{until}", secret.expose()));
        let all: Vec<_> = [self.current.expose().to_owned()].into_iter().chain(former).collect();
        Secret::new(all.join(" "))
    }

    /// The newest one, to be shown to whoever made it.
    #[must_use]
    pub fn current(&self) -> &Secret {
        &self.current
    }

    /// A new secret; those of now sign too until [`OVERLAP`] is over. Of too many, the oldest go.
    #[must_use]
    pub fn renewed(&self, now: Timestamp) -> Self {
        let mut former = vec![(self.current.clone(), now + OVERLAP)];
        former.extend(self.former.iter().filter(|(_, until)| *until > now).cloned());
        former.truncate(MAX_SECRETS - 1);
        Self { former, ..Self::generate() }
    }

    /// Those that sign now, the newest first.
    #[must_use]
    pub fn signing(&self, now: Timestamp) -> Vec<Secret> {
        let former = self.former.iter().filter(|(_, until)| *until > now);
        [&self.current].into_iter().chain(former.map(|(secret, _)| secret)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_secret_is_one_of_standard_webhooks() {
        let secrets = SigningSecrets::generate();
        let key = secrets.current().expose().strip_prefix(PREFIX).unwrap();
        assert_eq!(STANDARD.decode(key).unwrap().len(), SECRET_BYTES);
        assert_ne!(SigningSecrets::generate(), secrets);
        assert_eq!(secrets.signing(now()), [secrets.current().clone()]);
    }

    #[test]
    fn a_former_secret_signs_for_a_day() {
        let one = SigningSecrets::generate();
        let two = one.renewed(now());
        assert_ne!(two.current(), one.current());
        let last = now() + OVERLAP - SignedDuration::from_secs(1);
        assert_eq!(two.signing(last), [two.current().clone(), one.current().clone()]);
        assert_eq!(two.signing(now() + OVERLAP), [two.current().clone()]);
        // What no longer signs is no longer kept.
        let three = two.renewed(now() + OVERLAP);
        assert_eq!(three.signing(now()), [three.current().clone(), two.current().clone()]);
    }

    #[test]
    fn secrets_read_back_however_often_they_are_renewed() {
        let mut secrets = SigningSecrets::generate();
        for round in 1..=MAX_SECRETS + 2 {
            assert_eq!(SigningSecrets::parse(&secrets.stored()).unwrap(), secrets);
            assert_eq!(secrets.signing(now()).len(), round.min(MAX_SECRETS));
            secrets = secrets.renewed(now());
        }
        assert!(secrets.stored().expose().len() <= secrets::MAX_SECRET_BYTES);
        for bad in ["", "s3cret", "whsec_a whsec_b", "whsec_a whsec_b@soon", "whsec_a  whsec_b"] {
            assert_eq!(SigningSecrets::parse(&Secret::new(bad)), Err(UnreadableSecrets), "{bad}");
        }
    }
}
