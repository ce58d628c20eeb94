//! Why there are no events.

use thiserror::Error;

/// Why an event could not be made.
#[derive(Debug, Error)]
pub enum SampleError {
    /// A template cannot be read.
    #[error("{path}: {reason}")]
    Template {
        /// The template.
        path: String,
        /// What was wrong.
        reason: String,
    },
    /// Nobody has said what a function of this kind is called with.
    #[error(
        "no event is known for {function} of {caller}: add it where those of its kind are, in infra/sample-events"
    )]
    Unknown {
        /// The function's binary.
        function: String,
        /// What calls it.
        caller: &'static str,
    },
    /// A value cannot be written as JSON.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A value that stands in the events is none.
    #[error("`{0}` is not what the code takes")]
    Value(&'static str),
    /// An item cannot be made.
    #[error("{0}")]
    Item(String),
}
