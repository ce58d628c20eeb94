//! From an adapter's kind and configuration, as operators keep them, to a supplier to speak to.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::{HttpClient, Supplier, error::ConfigError, http_json::HttpJson};

/// A kind of adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AdapterKind {
    /// `http-json`: any JSON API over HTTP, described by data.
    HttpJson,
}

/// A name that no adapter has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no adapter `{0}` (known: http-json)")]
pub struct UnknownAdapter(String);

impl AdapterKind {
    /// The kind's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HttpJson => "http-json",
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
        match name {
            "http-json" => Ok(Self::HttpJson),
            unknown => Err(UnknownAdapter(unknown.to_owned())),
        }
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

/// A supplier of this kind with this configuration, which is checked as a whole before anything is sent.
pub fn connect(
    kind: AdapterKind,
    config: &Value,
    http: &HttpClient,
) -> Result<Arc<dyn Supplier>, ConfigError> {
    match kind {
        AdapterKind::HttpJson => Ok(Arc::new(HttpJson::new(config, http.clone())?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_name() {
        assert_eq!("http-json".parse(), Ok(AdapterKind::HttpJson));
        assert_eq!(serde_json::to_value(AdapterKind::HttpJson).unwrap(), "http-json");
        let error = "fax".parse::<AdapterKind>().unwrap_err().to_string();
        assert_eq!(error, "there is no adapter `fax` (known: http-json)");
    }
}
