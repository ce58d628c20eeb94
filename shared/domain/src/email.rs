//! E-mail addresses of customers.

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::text_newtype;

/// Text that is no e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be an e-mail address such as name@example.org, of at most {max} characters", max = CustomerEmail::MAX_LENGTH)]
pub struct EmailError;

/// A customer's e-mail address (RFC 5321 mailbox with a dotted domain). The domain is kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomerEmail(String);

impl CustomerEmail {
    /// The most characters an address may have (RFC 5321, section 4.5.3.1.3, less the angle brackets).
    pub const MAX_LENGTH: usize = 254;

    /// Checks an address that came from outside; spaces around it are dropped.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        let address = EmailAddress::parse_with_options(text, options).map_err(|_| EmailError)?;
        if text.len() > Self::MAX_LENGTH {
            return Err(EmailError);
        }
        Ok(Self(format!("{}@{}", address.local_part(), address.domain().to_lowercase())))
    }

    /// The address that stands for one that was forgotten: nobody's, in a domain that never exists (RFC 2606, section 2).
    #[must_use]
    pub fn forgotten() -> Self {
        Self("forgotten@ironmonger.invalid".into())
    }

    /// The address in lower case: what equal addresses are found by. Mail servers may tell `Ada@` from `ada@` (RFC 5321,
    /// section 2.4), but none in use does.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

text_newtype!(CustomerEmail, EmailError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_addresses_are_found_by_one_text() {
        let (one, other) = (CustomerEmail::parse("Ada@Example.org"), CustomerEmail::parse("ada@example.ORG"));
        assert_eq!(one.unwrap().folded(), other.unwrap().folded());
        let forgotten = CustomerEmail::forgotten();
        assert_eq!(CustomerEmail::parse(forgotten.as_str()), Ok(forgotten));
    }

    #[test]
    fn an_address_has_a_mailbox_and_a_dotted_domain() {
        assert_eq!(CustomerEmail::parse(" Ada@Example.ORG ").unwrap().as_str(), "Ada@example.org");
        let too_long = format!("{}@example.org", "a".repeat(CustomerEmail::MAX_LENGTH));
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "Ada <ada@example.org>",
            "a b@c.de",
            &too_long,
        ] {
            assert_eq!(CustomerEmail::parse(bad), Err(EmailError), "{bad}");
        }
    }
}
