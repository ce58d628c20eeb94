//! What can go wrong between us and the tables.

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use thiserror::Error;

/// A read or write that did not work. None of these is the caller's fault, and none says that something is missing: that
/// is an `Option`.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The function was not told the name of a table that it uses.
    #[error("the environment variable {0} is not set")]
    NoTable(&'static str),
    /// DynamoDB refused or did not answer.
    #[error("{operation}: {message}")]
    Unavailable {
        /// What was tried.
        operation: &'static str,
        /// What came back.
        message: String,
    },
    /// An item is not what it should be.
    #[error("item {key} cannot be read: {reason}")]
    Corrupt {
        /// The item's key.
        key: String,
        /// What was wrong.
        reason: String,
    },
    /// A value cannot be written.
    #[error("cannot be written: {0}")]
    Unwritable(String),
    /// Too many others write the same items.
    #[error("too many writers at once")]
    Contended,
}

impl StoreError {
    pub(crate) fn sdk<E>(operation: &'static str) -> impl FnOnce(SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        move |error| Self::Unavailable { operation, message: DisplayErrorContext(error).to_string() }
    }
}

/// Whether the condition of a write held, which was sent alone.
pub(crate) fn held<T, E>(operation: &'static str, sent: Result<T, SdkError<E>>) -> Result<bool, StoreError>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match sent {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(error) => Err(StoreError::sdk(operation)(error)),
    }
}
