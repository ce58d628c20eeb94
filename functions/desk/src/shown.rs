//! Requests and answers as people are shown them.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// A header of a request or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ShownHeader)]
pub struct HeaderDto {
    /// Its name.
    name: String,
    /// Its value.
    value: String,
}

/// Headers by their names.
pub(crate) fn headers(headers: BTreeMap<String, String>) -> Vec<HeaderDto> {
    headers.into_iter().map(|(name, value)| HeaderDto { name, value }).collect()
}
