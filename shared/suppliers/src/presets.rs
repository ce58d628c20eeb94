//! Ready configurations for real fulfilment services, made from their public documentation.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A ready `http-json` configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preset {
    /// Its name in addresses, such as `printful`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Where the service documents its API.
    pub documentation: String,
    /// What must be known or changed before it works, a sentence each.
    pub notes: Vec<String>,
    /// The configuration of the adapter.
    pub configuration: Value,
}

const SOURCES: [&str; 3] = [
    include_str!("../presets/printful.json"),
    include_str!("../presets/shipbob.json"),
    include_str!("../presets/easypost.json"),
];

// A file that cannot be read is found by the tests below, and would be missing in a list rather than stop a function.
static PRESETS: LazyLock<Vec<Preset>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|source| serde_json::from_str(source).ok()).collect());

/// All presets.
#[must_use]
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{AdapterKind, Egress, HttpClient, Secret, connect};

    #[test]
    fn every_preset_can_be_connected_as_it_is() {
        let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
        assert_eq!(presets().len(), SOURCES.len());
        for preset in presets() {
            let credential = Secret::new("credential");
            let connected = connect(AdapterKind::HttpJson, &preset.configuration, Some(&credential), &http);
            assert!(connected.is_ok(), "{}: {:?}", preset.id, connected.err());
            assert!(preset.documentation.starts_with("https://"), "{}", preset.documentation);
        }
        assert_eq!(presets().iter().map(|preset| &preset.id).collect::<BTreeSet<_>>().len(), presets().len());
    }
}
