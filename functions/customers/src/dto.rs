//! Profiles and addresses as the API shows them.

use domain::{Address, AddressBook, AddressId, BookEntry, CustomerEmail, CustomerId, PersonName, Profile};
use jiff::Timestamp;
use orders::dto::AddressDto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Fields, Problem};

/// Whoever is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Me)]
pub struct MeDto {
    /// The user directory's id.
    #[schema(value_type = String)]
    id: CustomerId,
    /// The address they sign in with.
    #[schema(value_type = String, example = "ada@example.org")]
    email: CustomerEmail,
    /// Whether they have shown that it is theirs.
    email_verified: bool,
    /// What they want to be called.
    #[schema(value_type = Option<String>, example = "Ada")]
    name: Option<PersonName>,
    /// Whether they want to be written to about offers.
    marketing_consent: bool,
    /// When the shop first saw them.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Profile> for MeDto {
    fn from(profile: Profile) -> Self {
        let Profile { id, email, email_verified, name, marketing_consent, created_at, .. } = profile;
        Self { id, email, email_verified, name, marketing_consent, created_at }
    }
}

/// An address of an address book.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BookEntry)]
pub struct BookEntryDto {
    /// The entry's id.
    #[schema(value_type = String, example = "adr_01JD0000000000000000000000")]
    id: AddressId,
    /// Whether it is the one to propose first.
    is_default: bool,
    #[serde(flatten)]
    address: AddressDto,
}

impl BookEntryDto {
    fn of(book: &AddressBook, entry: &BookEntry) -> Self {
        Self { id: entry.id, is_default: book.is_default(entry.id), address: (&entry.address).into() }
    }

    /// All addresses of a book.
    #[must_use]
    pub fn all(book: &AddressBook) -> Vec<Self> {
        book.entries().iter().map(|entry| Self::of(book, entry)).collect()
    }

    /// One address of a book.
    pub(crate) fn one(book: &AddressBook, id: AddressId) -> Result<Self, Problem> {
        let entry = book.entries().iter().find(|entry| entry.id == id);
        entry.map(|entry| Self::of(book, entry)).ok_or_else(|| Problem::not_found("address"))
    }
}

/// An address to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutAddress {
    /// The recipient's name.
    #[schema(max_length = 100, example = "Ada Lovelace")]
    name: String,
    /// Street and number.
    #[schema(max_length = 100, example = "12 St James's Square")]
    line1: String,
    /// More of the street address.
    #[schema(max_length = 100)]
    line2: Option<String>,
    /// City or post town.
    #[schema(max_length = 100, example = "London")]
    city: String,
    /// County, state or province.
    #[schema(max_length = 100)]
    region: Option<String>,
    /// Postal code.
    #[schema(max_length = 16, example = "SW1Y 4JH")]
    postal_code: String,
    /// Alpha-2 code of ISO 3166-1.
    #[schema(min_length = 2, max_length = 2, example = "GB")]
    country: String,
    /// Whether it shall be the one to propose first. The first address is that in any case, and the default stays it until
    /// another one takes over.
    #[serde(default)]
    is_default: bool,
}

impl PutAddress {
    /// The address, and whether it shall be the default.
    pub(crate) fn parse(self) -> Result<(Address, bool), Problem> {
        let Self { name, line1, line2, city, region, postal_code, country, is_default } = self;
        let input = domain::AddressInput { name, line1, line2, city, region, postal_code, country };
        let mut fields = Fields::default();
        let address = fields.parsed_group("", Address::parse(input));
        address.map(|address| (address, is_default)).ok_or_else(|| fields.into_problem())
    }
}

pub(crate) fn parse_address_id(id: &str) -> Result<AddressId, Problem> {
    AddressId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}
