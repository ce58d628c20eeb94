//! Postal addresses.

use celes::Country;
use serde::{Deserialize, Serialize};

/// One field of an input and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as it stands in the input.
    pub field: &'static str,
    /// What was wrong and what is allowed, as a sentence that follows the field's name.
    pub message: String,
}

/// An address as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddressInput {
    /// The recipient's name.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// More of the street address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// City or post town.
    pub city: String,
    /// County, state or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: String,
    /// Alpha-2 code of ISO 3166-1.
    pub country: String,
}

/// A postal address whose fields are present, short enough and free of control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AddressInput", into = "AddressInput")]
pub struct Address(AddressInput);

impl Address {
    /// The most characters that one line, a name or a city may have.
    pub const MAX_LINE: usize = 100;
    /// The most characters that a postal code may have.
    pub const MAX_POSTAL_CODE: usize = 16;

    /// Checks an address from outside and says everything that is wrong with it at once. Spaces around a field are
    /// dropped; an optional field of spaces alone counts as absent.
    pub fn parse(input: AddressInput) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut required = |field, text: &str, max| match line(text, max) {
            Ok(Some(text)) => text,
            Ok(None) => {
                errors.push(FieldError { field, message: "is required".into() });
                String::new()
            }
            Err(message) => {
                errors.push(FieldError { field, message });
                String::new()
            }
        };
        let name = required("name", &input.name, Self::MAX_LINE);
        let line1 = required("line1", &input.line1, Self::MAX_LINE);
        let city = required("city", &input.city, Self::MAX_LINE);
        let postal_code = required("postalCode", &input.postal_code, Self::MAX_POSTAL_CODE);
        let mut optional = |field, text: Option<String>| {
            line(text.as_deref().unwrap_or_default(), Self::MAX_LINE).unwrap_or_else(|message| {
                errors.push(FieldError { field, message });
                None
            })
        };
        let line2 = optional("line2", input.line2);
        let region = optional("region", input.region);
        let country = input.country.trim().to_owned();
        if country.len() != 2 || country != country.to_uppercase() || Country::from_alpha2(&country).is_err()
        {
            let message = "must be a country's two-letter code of ISO 3166-1, such as GB".into();
            errors.push(FieldError { field: "country", message });
        }
        if errors.is_empty() {
            Ok(Self(AddressInput { name, line1, line2, city, region, postal_code, country }))
        } else {
            Err(errors)
        }
    }

    /// The country and region alone: what the books need of an address whose owner is to be forgotten.
    #[must_use]
    pub fn without_person(&self) -> Self {
        let removed = || "(removed)".to_owned();
        Self(AddressInput {
            name: removed(),
            line1: removed(),
            line2: None,
            city: removed(),
            region: self.0.region.clone(),
            postal_code: removed(),
            country: self.0.country.clone(),
        })
    }

    /// The checked fields.
    #[must_use]
    pub fn fields(&self) -> &AddressInput {
        &self.0
    }
}

/// A trimmed line, or nothing where there was nothing but space.
pub(crate) fn line(text: &str, max: usize) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(format!("must have at most {max} characters"));
    }
    if text.chars().any(char::is_control) {
        return Err("must be one line without control characters".into());
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

impl TryFrom<AddressInput> for Address {
    type Error = String;

    fn try_from(input: AddressInput) -> Result<Self, String> {
        Self::parse(input).map_err(|errors| {
            let errors: Vec<_> = errors.iter().map(|e| format!("{} {}", e.field, e.message)).collect();
            errors.join(", ")
        })
    }
}

impl From<Address> for AddressInput {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> AddressInput {
        AddressInput {
            name: " Ada Lovelace ".into(),
            line1: "12 St James's Square".into(),
            line2: Some("  ".into()),
            city: "London".into(),
            region: None,
            postal_code: "SW1Y 4JH".into(),
            country: "GB".into(),
        }
    }

    #[test]
    fn a_good_address_is_trimmed() {
        let address = Address::parse(input()).unwrap();
        assert_eq!(address.fields().name, "Ada Lovelace");
        assert_eq!(address.fields().line2, None);
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let bad = AddressInput {
            name: " ".into(),
            line1: "a\u{7}b".into(),
            line2: Some("x".repeat(Address::MAX_LINE + 1)),
            city: "x".repeat(Address::MAX_LINE + 1),
            region: None,
            postal_code: "1".repeat(Address::MAX_POSTAL_CODE + 1),
            country: "XX".into(),
        };
        let mut fields: Vec<_> = Address::parse(bad).unwrap_err().into_iter().map(|e| e.field).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["city", "country", "line1", "line2", "name", "postalCode"]);
    }

    #[test]
    fn an_address_without_a_person_is_still_one() {
        let kent = AddressInput { region: Some("Kent".into()), ..input() };
        let removed = Address::parse(kent).unwrap().without_person();
        let text = serde_json::to_string(&removed).unwrap();
        assert_eq!(serde_json::from_str::<Address>(&text).unwrap(), removed);
        assert_eq!(
            (removed.fields().country.as_str(), removed.fields().region.as_deref()),
            ("GB", Some("Kent"))
        );
        for personal in ["Ada", "James", "London", "SW1Y"] {
            assert!(!text.contains(personal), "{text}");
        }
    }

    #[test]
    fn a_country_is_its_upper_case_alpha_2_code() {
        for bad in ["", "gb", "UK", "GBR", "Great Britain"] {
            let errors = Address::parse(AddressInput { country: bad.into(), ..input() }).unwrap_err();
            assert_eq!(errors.len(), 1, "{bad}");
            assert_eq!(errors[0].field, "country");
        }
    }
}
