//! Who is signed in.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::address::line;
use crate::text::text_newtype;

/// Text that is no id of a person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("is no id of a person: expected a UUID in lower case")]
pub struct CustomerIdError;

/// The user directory's id of a person, customer or staff: a UUID (RFC 9562), the `sub` of their tokens. It stays the
/// same when they change their e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomerId(String);

impl CustomerId {
    /// Checks an id that came from outside.
    pub fn parse(text: &str) -> Result<Self, CustomerIdError> {
        const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
        let hex = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let parts: Vec<_> = text.split('-').collect();
        let good = parts.len() == LENGTHS.len()
            && parts.iter().zip(LENGTHS).all(|(part, length)| part.len() == length && hex(part));
        if good { Ok(Self(text.to_owned())) } else { Err(CustomerIdError) }
    }
}

text_newtype!(CustomerId, CustomerIdError);

/// Text that is no name of a person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be one line of 1 to {max} characters", max = PersonName::MAX_LENGTH)]
pub struct PersonNameError;

/// What a person wants to be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// The most characters of a name.
    pub const MAX_LENGTH: usize = 100;

    /// Checks a name that came from outside; spaces around it are dropped.
    pub fn parse(text: &str) -> Result<Self, PersonNameError> {
        line(text, Self::MAX_LENGTH).ok().flatten().map(Self).ok_or(PersonNameError)
    }
}

text_newtype!(PersonName, PersonNameError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_s_id_is_a_uuid_in_lower_case() {
        let id = "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab";
        assert_eq!(CustomerId::parse(id).unwrap().as_str(), id);
        for bad in ["", "c6b4f2d0", &id.to_uppercase(), &id.replace('-', ""), &format!("{id}#x"), "a#b"] {
            assert_eq!(CustomerId::parse(bad), Err(CustomerIdError), "{bad}");
        }
    }

    #[test]
    fn a_person_s_name_is_one_short_line() {
        assert_eq!(PersonName::parse(" Ada ").unwrap().as_str(), "Ada");
        assert!(PersonName::parse(&"a".repeat(PersonName::MAX_LENGTH)).is_ok());
        for bad in ["", "  ", "Ada\nLovelace", &"a".repeat(PersonName::MAX_LENGTH + 1)] {
            assert_eq!(PersonName::parse(bad), Err(PersonNameError), "{bad}");
        }
    }
}
