//! Errors, told apart by what a caller can do about them.

use std::time::Duration;

use thiserror::Error;

/// Why a task was not placed, or not surely.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// The supplier does not have it and will not take it. Final: another supplier is to be asked.
    #[error("the supplier refuses: {reason}")]
    Rejected {
        /// The supplier's words.
        reason: String,
    },
    /// The supplier is known not to have it. Trying again later may help.
    #[error("the supplier is unavailable: {reason}")]
    Unavailable {
        /// The least time to wait, if the supplier said so.
        retry_after: Option<Duration>,
        /// What happened.
        reason: String,
    },
    /// The supplier may have it: look it up before placing it again or elsewhere.
    #[error("the supplier may have taken the order: {reason}")]
    Uncertain {
        /// What happened.
        reason: String,
    },
    /// The supplier does not have it, and will not before an operator has changed the configuration.
    #[error("the supplier's configuration is wrong at `{path}`: {reason}")]
    Misconfigured {
        /// The field of the configuration.
        path: String,
        /// What is wrong.
        reason: String,
    },
}

/// Why a question was not answered. Every question can be asked again.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SupplierError {
    /// The supplier did not answer, or not now.
    #[error("the supplier is unavailable: {reason}")]
    Unavailable {
        /// The least time to wait, if the supplier said so.
        retry_after: Option<Duration>,
        /// What happened.
        reason: String,
    },
    /// An operator must change the configuration.
    #[error("the supplier's configuration is wrong at `{path}`: {reason}")]
    Misconfigured {
        /// The field of the configuration.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The answer is not what the configuration says it is.
    #[error("the supplier's answer does not fit `{path}`: {reason}")]
    Protocol {
        /// The field of the configuration.
        path: String,
        /// What does not fit.
        reason: String,
    },
    /// The configuration has no such operation.
    #[error("the supplier offers no way to {operation}")]
    Unsupported {
        /// What was to be done, as a verb.
        operation: &'static str,
    },
}

impl From<ConfigError> for PlaceError {
    fn from(ConfigError { path, reason }: ConfigError) -> Self {
        Self::Misconfigured { path, reason }
    }
}

impl From<ConfigError> for SupplierError {
    fn from(ConfigError { path, reason }: ConfigError) -> Self {
        Self::Misconfigured { path, reason }
    }
}

/// A configuration that no adapter can work with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{path}`: {reason}")]
pub struct ConfigError {
    /// The field, as a path such as `place.request.body`.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}
