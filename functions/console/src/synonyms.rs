//! The words that mean the same, as staff see them.

use serde::Serialize;
use store::Versioned;
use utoipa::ToSchema;

/// The words that mean the same to a shopper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Synonyms)]
pub struct SynonymsDto {
    /// Groups of terms of which each finds what the others find.
    #[schema(example = json!([["spanner", "wrench"]]))]
    groups: Vec<Vec<String>>,
    /// The number of their latest change; 0 while they are the shop's own.
    version: u64,
}

impl From<Versioned<domain::Synonyms>> for SynonymsDto {
    fn from(synonyms: Versioned<domain::Synonyms>) -> Self {
        Self { groups: synonyms.value.into(), version: synonyms.version }
    }
}
