//! Access tokens of the OAuth client credentials grant.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use ulid::Ulid;

/// Tokens and until when they are good. They do not outlive the process.
#[derive(Debug, Clone, Default)]
pub struct Tokens(BTreeMap<String, Timestamp>);

impl Tokens {
    /// A new token.
    pub fn issue(&mut self, now: Timestamp, lifetime_ms: u64) -> String {
        self.0.retain(|_, until| *until > now);
        let lifetime = i64::try_from(lifetime_ms).unwrap_or(i64::MAX);
        let until = now.saturating_add(SignedDuration::from_millis(lifetime)).unwrap_or(Timestamp::MAX);
        let token = format!("at_{}", Ulid::generate());
        self.0.insert(token.clone(), until);
        token
    }

    /// Whether a token is good.
    #[must_use]
    pub fn is_good(&self, token: &str, now: Timestamp) -> bool {
        self.0.get(token).is_some_and(|until| *until > now)
    }

    /// Makes all tokens void.
    pub fn revoke(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_lifetime_or_until_it_is_revoked() {
        let (mut tokens, now) = (Tokens::default(), Timestamp::UNIX_EPOCH);
        let token = tokens.issue(now, 1_000);
        let later = |ms| now + SignedDuration::from_millis(ms);
        assert!(tokens.is_good(&token, later(999)) && !tokens.is_good(&token, later(1_000)));
        assert!(!tokens.is_good("at_other", now));
        tokens.revoke();
        assert!(!tokens.is_good(&token, now));
    }
}
