//! From an adapter's kind and configuration, as operators keep them, to a supplier to speak to.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::{
    HttpClient, Secret, Supplier, discreet::Discreet, error::ConfigError, http_json::HttpJson,
    manual::Manual, panel::Panel, taskboard::Taskboard,
};

/// A kind of adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AdapterKind {
    /// `http-json`: any JSON API over HTTP, described by data.
    HttpJson,
    /// `panel`: one address, a key and an action.
    Panel,
    /// `taskboard`: folders, tasks and reports.
    Taskboard,
    /// `manual`: people with a work list.
    Manual,
}

/// A name that no adapter has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no adapter `{0}` (known: http-json, panel, taskboard, manual)")]
pub struct UnknownAdapter(String);

impl AdapterKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::HttpJson, Self::Panel, Self::Taskboard, Self::Manual];

    /// The kind's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HttpJson => "http-json",
            Self::Panel => "panel",
            Self::Taskboard => "taskboard",
            Self::Manual => "manual",
        }
    }
}

impl fmt::Display for AdapterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AdapterKind {
    type Err = UnknownAdapter;

    fn from_str(name: &str) -> Result<Self, UnknownAdapter> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| UnknownAdapter(name.to_owned()))
    }
}

impl TryFrom<String> for AdapterKind {
    type Error = UnknownAdapter;

    fn try_from(name: String) -> Result<Self, UnknownAdapter> {
        name.parse()
    }
}

impl From<AdapterKind> for String {
    fn from(kind: AdapterKind) -> Self {
        kind.name().to_owned()
    }
}

/// A supplier of this kind with this configuration, which is checked as a whole before anything is sent. Whatever the
/// supplier says in errors and reports, the credential is not in it.
pub fn connect(
    kind: AdapterKind,
    config: &Value,
    credential: Option<&Secret>,
    http: &HttpClient,
) -> Result<Arc<dyn Supplier>, ConfigError> {
    let http = http.for_supplier(credential);
    let masks = http.masks().clone();
    Ok(match kind {
        AdapterKind::HttpJson => Arc::new(Discreet::new(HttpJson::new(config, credential, http)?, masks)),
        AdapterKind::Panel => Arc::new(Discreet::new(Panel::new(config, credential, http)?, masks)),
        AdapterKind::Taskboard => Arc::new(Discreet::new(Taskboard::new(config, credential, http)?, masks)),
        AdapterKind::Manual => Arc::new(Manual::new(config)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_name() {
        for kind in AdapterKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        let error = "fax".parse::<AdapterKind>().unwrap_err().to_string();
        assert_eq!(error, "there is no adapter `fax` (known: http-json, panel, taskboard, manual)");
    }
}
