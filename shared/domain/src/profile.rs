//! What the shop knows about a customer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::address_book::AddressBook;
use crate::customer::{CustomerId, PersonName};
use crate::email::CustomerEmail;

/// What the shop knows about a customer, beside what they bought and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Who.
    pub id: CustomerId,
    /// Their address in the user directory, as of their latest request.
    pub email: CustomerEmail,
    /// Whether they have shown that it is theirs.
    pub email_verified: bool,
    /// What they want to be called.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<PersonName>,
    /// Whether they want to be written to about offers.
    pub marketing_consent: bool,
    /// Where goods may go.
    #[serde(default)]
    pub addresses: AddressBook,
    /// When we first saw them.
    pub created_at: Timestamp,
    /// When they asked to be forgotten.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub closing_since: Option<Timestamp>,
}

impl Profile {
    /// Somebody we see for the first time. Consent is given, never assumed.
    #[must_use]
    pub fn new(id: CustomerId, email: CustomerEmail, email_verified: bool, now: Timestamp) -> Self {
        Self {
            id,
            email,
            email_verified,
            name: None,
            marketing_consent: false,
            addresses: AddressBook::default(),
            created_at: now,
            closing_since: None,
        }
    }

    /// Takes over what the user directory says, and tells whether that was news.
    pub fn follow(&mut self, email: &CustomerEmail, email_verified: bool) -> bool {
        let news = self.email != *email || self.email_verified != email_verified;
        if news {
            self.email = email.clone();
            self.email_verified = email_verified;
        }
        news
    }

    /// Whether they have asked to be forgotten.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing_since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_follows_the_user_directory() {
        let id = CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap();
        let email = |text| CustomerEmail::parse(text).unwrap();
        let mut profile = Profile::new(id, email("ada@example.org"), false, Timestamp::UNIX_EPOCH);
        assert!(!profile.marketing_consent);
        assert!(!profile.follow(&email("ada@example.org"), false));
        assert!(profile.follow(&email("ada@example.org"), true));
        assert!(profile.follow(&email("ada@example.net"), false));
        assert_eq!((profile.email.as_str(), profile.email_verified), ("ada@example.net", false));
    }
}
