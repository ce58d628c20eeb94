//! Reading what adapters are configured with.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ConfigError;

/// A configuration as its adapter has it; the error names the field that is wrong.
pub(crate) fn read<C: DeserializeOwned>(config: &Value) -> Result<C, ConfigError> {
    serde_path_to_error::deserialize(config).map_err(|error| ConfigError {
        path: error.path().to_string(),
        reason: error.into_inner().to_string(),
    })
}
