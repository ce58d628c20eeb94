//! Partners: other people's programs that use our API with a key of theirs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{PartnerId, PartnerKeyId};
use crate::text::text_newtype;

/// Text that is no scope.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be one of `catalog:read` and `orders:write`")]
pub struct PartnerScopeError;

/// Something that a partner's key lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartnerScope {
    /// Read the catalogue with stock.
    CatalogRead,
    /// Place orders and follow them.
    OrdersWrite,
}

impl PartnerScope {
    /// All scopes.
    pub const ALL: [Self; 2] = [Self::CatalogRead, Self::OrdersWrite];

    /// The scope's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CatalogRead => "catalog:read",
            Self::OrdersWrite => "orders:write",
        }
    }

    /// The scope with this name.
    pub fn parse(name: &str) -> Result<Self, PartnerScopeError> {
        Self::ALL.into_iter().find(|scope| scope.name() == name).ok_or(PartnerScopeError)
    }
}

impl TryFrom<String> for PartnerScope {
    type Error = PartnerScopeError;

    fn try_from(text: String) -> Result<Self, PartnerScopeError> {
        Self::parse(&text)
    }
}

impl From<PartnerScope> for String {
    fn from(scope: PartnerScope) -> String {
        scope.name().to_owned()
    }
}

/// Text that does not do as the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must have 1 to {max} characters", max = PartnerKeyName::MAX_LENGTH)]
pub struct PartnerKeyNameError;

/// What staff call a partner's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartnerKeyName(String);

impl PartnerKeyName {
    /// The most characters of a name.
    pub const MAX_LENGTH: usize = 80;

    /// Checks a name that came from outside; spaces around it are dropped.
    pub fn parse(text: &str) -> Result<Self, PartnerKeyNameError> {
        let text = text.trim();
        let good =
            (1..=Self::MAX_LENGTH).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if good { Ok(Self(text.to_owned())) } else { Err(PartnerKeyNameError) }
    }
}

text_newtype!(PartnerKeyName, PartnerKeyNameError);

/// Text that does not do as a partner's reference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "must have 1 to {max} characters: letters and digits of ASCII and, behind the first, also `-`, `.`, `_` and `:`",
    max = PartnerReference::MAX_LENGTH
)]
pub struct PartnerReferenceError;

/// The name that a partner gives an order of its own, by which it is never placed twice. It stands in paths as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartnerReference(String);

impl PartnerReference {
    /// The most characters of a reference.
    pub const MAX_LENGTH: usize = 64;

    /// Checks a reference that came from outside.
    pub fn parse(text: &str) -> Result<Self, PartnerReferenceError> {
        let good = (1..=Self::MAX_LENGTH).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._:".contains(c));
        if good { Ok(Self(text.to_owned())) } else { Err(PartnerReferenceError) }
    }
}

text_newtype!(PartnerReference, PartnerReferenceError);

/// An order as the partner knows it through whom it came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRef {
    /// The partner.
    pub id: PartnerId,
    /// The partner's name for the order.
    pub reference: PartnerReference,
}

/// A partner as the one who calls: known by the key that it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// The key's id.
    pub id: PartnerKeyId,
    /// Whose key it is. A partner outlives its keys.
    pub partner_id: PartnerId,
    /// What staff call the key.
    pub name: PartnerKeyName,
    /// What the key lets its holder do.
    pub scopes: BTreeSet<PartnerScope>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reads_back_by_its_name_and_nothing_else_is_one() {
        for scope in PartnerScope::ALL {
            assert_eq!(PartnerScope::parse(scope.name()), Ok(scope));
            assert!(PartnerScopeError.to_string().contains(scope.name()));
        }
        for bad in ["", "catalog", "catalog:*", "Catalog:Read"] {
            assert_eq!(PartnerScope::parse(bad), Err(PartnerScopeError), "{bad}");
        }
    }

    #[test]
    fn a_reference_stands_in_a_path_as_it_is() {
        for good in ["1", "A-1001", "2026.11:22_x", &"x".repeat(PartnerReference::MAX_LENGTH)] {
            assert_eq!(PartnerReference::parse(good).unwrap().as_str(), good);
        }
        let long = "x".repeat(PartnerReference::MAX_LENGTH + 1);
        for bad in ["", " ", ".", "..", "-1", "a/b", "a b", "a#b", "a%2Fb", "é", "a\n", &long] {
            assert_eq!(PartnerReference::parse(bad), Err(PartnerReferenceError), "{bad}");
        }
    }

    #[test]
    fn a_key_has_a_name_of_one_line() {
        assert_eq!(PartnerKeyName::parse(" Calder & Sons ").unwrap().as_str(), "Calder & Sons");
        assert!(PartnerKeyName::parse(&"é".repeat(PartnerKeyName::MAX_LENGTH)).is_ok());
        for bad in ["", "  ", "a\nb", &"x".repeat(PartnerKeyName::MAX_LENGTH + 1)] {
            assert_eq!(PartnerKeyName::parse(bad), Err(PartnerKeyNameError), "{bad}");
        }
    }
}
