//! The addresses that a customer keeps.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::address::Address;
use crate::ids::AddressId;

/// An address of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BookEntry {
    /// The entry's id.
    pub id: AddressId,
    /// The address.
    pub address: Address,
}

/// Why an address book could not be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressBookError {
    /// It holds [`AddressBook::MAX_ENTRIES`] addresses.
    #[error("an address book holds at most {max} addresses: delete one first", max = AddressBook::MAX_ENTRIES)]
    Full,
    /// There is no such entry.
    #[error("there is no address {0}")]
    Unknown(AddressId),
}

/// The addresses that a customer keeps, in the order they were written down. One of them is the default, if there are any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AddressBook {
    entries: Vec<BookEntry>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    default: Option<AddressId>,
}

impl AddressBook {
    /// The most addresses that one book holds: all of them are stored with the profile, and a list of more is no help.
    pub const MAX_ENTRIES: usize = 20;

    /// The addresses.
    #[must_use]
    pub fn entries(&self) -> &[BookEntry] {
        &self.entries
    }

    /// Whether this is the address to propose first.
    #[must_use]
    pub fn is_default(&self, id: AddressId) -> bool {
        self.default == Some(id)
    }

    /// Writes an address down. The first one becomes the default, and so does one that is to.
    pub fn add(&mut self, entry: BookEntry, make_default: bool) -> Result<(), AddressBookError> {
        if self.entries.len() >= Self::MAX_ENTRIES {
            return Err(AddressBookError::Full);
        }
        if make_default || self.entries.is_empty() {
            self.default = Some(entry.id);
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Writes an address anew. It becomes the default if it is to, and stays it if it was.
    pub fn replace(&mut self, entry: BookEntry, make_default: bool) -> Result<(), AddressBookError> {
        let present = self.entries.iter_mut().find(|present| present.id == entry.id);
        let present = present.ok_or(AddressBookError::Unknown(entry.id))?;
        if make_default {
            self.default = Some(entry.id);
        }
        *present = entry;
        Ok(())
    }

    /// Strikes an address out, and says whether it was there. In place of the default the oldest that is left takes over.
    pub fn remove(&mut self, id: AddressId) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.id != id);
        if self.is_default(id) {
            self.default = self.entries.first().map(|entry| entry.id);
        }
        self.entries.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::AddressInput;

    fn entry(city: &str) -> BookEntry {
        let input = AddressInput {
            name: "Ada Lovelace".into(),
            line1: "12 St James's Square".into(),
            line2: None,
            city: city.into(),
            region: None,
            postal_code: "SW1Y 4JH".into(),
            country: "GB".into(),
        };
        BookEntry { id: AddressId::generate(), address: Address::parse(input).unwrap() }
    }

    #[test]
    fn there_is_a_default_as_long_as_there_are_addresses() {
        let (mut book, first, second, third) =
            (AddressBook::default(), entry("London"), entry("Leeds"), entry("York"));
        book.add(first.clone(), false).unwrap();
        assert!(book.is_default(first.id));
        book.add(second.clone(), true).unwrap();
        book.add(third.clone(), false).unwrap();
        assert!(book.is_default(second.id));
        book.replace(third.clone(), true).unwrap();
        book.replace(third.clone(), false).unwrap();
        assert!(book.is_default(third.id));
        assert!(book.remove(third.id) && !book.remove(third.id));
        assert!(book.is_default(first.id));
        assert!(book.remove(first.id) && book.remove(second.id));
        assert_eq!(book, AddressBook::default());
    }

    #[test]
    fn a_book_holds_so_many_addresses() {
        let mut book = AddressBook::default();
        for n in 0..AddressBook::MAX_ENTRIES {
            book.add(entry(&format!("Town {n}")), false).unwrap();
        }
        assert_eq!(book.add(entry("One more"), false), Err(AddressBookError::Full));
        let moved = BookEntry { id: book.entries()[0].id, ..entry("Elsewhere") };
        book.replace(moved, false).unwrap();
        assert_eq!(book.entries()[0].address.fields().city, "Elsewhere");
        let unknown = entry("Nowhere");
        assert_eq!(book.replace(unknown.clone(), false), Err(AddressBookError::Unknown(unknown.id)));
    }
}
