//! Settings that have limits, parsed where they are read.

use std::{collections::BTreeMap, time::Duration};

use reqwest::header::HeaderName;
use serde::Deserialize;

use super::expression::Template;
use crate::exchange::MAX_TIMEOUT;

/// The time a supplier has to answer if the configuration does not say.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// The most orders that one status request asks for if the configuration does not say.
pub const DEFAULT_MAX_IDS: usize = 50;

/// The time for a whole exchange.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u64")]
pub struct Timeout(pub Duration);

impl Default for Timeout {
    fn default() -> Self {
        Self(DEFAULT_TIMEOUT)
    }
}

impl TryFrom<u64> for Timeout {
    type Error = String;

    fn try_from(milliseconds: u64) -> Result<Self, String> {
        let timeout = Duration::from_millis(milliseconds);
        if timeout.is_zero() || timeout > MAX_TIMEOUT {
            return Err(format!("must be 1 to {}", MAX_TIMEOUT.as_millis()));
        }
        Ok(Self(timeout))
    }
}

/// The most ids in one status request.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "usize")]
pub struct MaxIds(pub usize);

impl Default for MaxIds {
    fn default() -> Self {
        Self(DEFAULT_MAX_IDS)
    }
}

impl TryFrom<usize> for MaxIds {
    type Error = &'static str;

    fn try_from(ids: usize) -> Result<Self, Self::Error> {
        if ids == 0 { Err("must be at least 1") } else { Ok(Self(ids)) }
    }
}

/// HTTP error statuses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Vec<u16>")]
pub struct Statuses(Vec<u16>);

impl Statuses {
    /// Whether a status is one of them.
    #[must_use]
    pub fn contains(&self, status: u16) -> bool {
        self.0.contains(&status)
    }

    pub(super) fn refusals() -> Self {
        Self(vec![400, 422])
    }

    pub(crate) fn too_many_requests() -> Self {
        Self(vec![429])
    }

    pub(super) fn conflict() -> Self {
        Self(vec![409])
    }

    /// A status that is in both lists.
    pub(super) fn shared_with(&self, other: &Self) -> Option<u16> {
        self.0.iter().copied().find(|status| other.contains(*status))
    }
}

impl TryFrom<Vec<u16>> for Statuses {
    type Error = String;

    fn try_from(statuses: Vec<u16>) -> Result<Self, String> {
        match statuses.iter().find(|status| !(400..=599).contains(*status)) {
            Some(status) => Err(format!("{status} is no HTTP error (400 to 599)")),
            None => Ok(Self(statuses)),
        }
    }
}

/// The name of a header.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct HeaderField(pub(super) HeaderName);

impl TryFrom<String> for HeaderField {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self).map_err(|_| format!("`{name}` is no header name"))
    }
}

/// What a timestamp counts since 1970.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum TimeUnit {
    #[default]
    Seconds,
    Milliseconds,
}

/// Headers by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, Template>")]
pub struct Headers(Vec<(HeaderName, Template)>);

impl Headers {
    /// The headers.
    pub fn iter(&self) -> impl Iterator<Item = &(HeaderName, Template)> {
        self.0.iter()
    }
}

impl TryFrom<BTreeMap<String, Template>> for Headers {
    type Error = String;

    fn try_from(headers: BTreeMap<String, Template>) -> Result<Self, String> {
        let header =
            |(name, value): (String, Template)| HeaderField::try_from(name).map(|name| (name.0, value));
        headers.into_iter().map(header).collect::<Result<_, _>>().map(Self)
    }
}
