//! Why a secret was not read or written.

use aws_sdk_ssm::error::{ProvideErrorMetadata, SdkError};
use thiserror::Error;

use crate::MAX_SECRET_BYTES;

/// Why a secret was not read or written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SecretError {
    /// There is nothing in it.
    #[error("a secret cannot be empty")]
    Empty,
    /// It has too many bytes.
    #[error("a secret has at most {MAX_SECRET_BYTES} bytes")]
    TooLong,
    /// It was pasted with more than belongs to it.
    #[error("a secret is one line without spaces around it")]
    Characters,
    /// SSM did not do it.
    #[error("the secret was not {action}: {reason}")]
    Store {
        /// What was to be done.
        action: &'static str,
        /// The error's name, without SSM's words, which repeat what was sent.
        reason: String,
    },
}

/// The error's name only: what SSM says about a value that it refuses holds the value.
pub(crate) fn refusal<E: ProvideErrorMetadata, R>(
    action: &'static str,
    error: &SdkError<E, R>,
) -> SecretError {
    let reason = match error {
        SdkError::ServiceError(error) => error.err().code().unwrap_or("an error without a name"),
        SdkError::TimeoutError(_) => "timed out",
        SdkError::DispatchFailure(_) => "SSM could not be reached",
        SdkError::ResponseError(_) => "SSM's answer could not be read",
        _ => "the request could not be made",
    };
    SecretError::Store { action, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ssm::{error::ErrorMetadata, operation::put_parameter::PutParameterError};

    use super::*;

    #[test]
    fn an_error_does_not_repeat_the_secret() {
        let words =
            ErrorMetadata::builder().code("ValidationException").message("Value 's3cret' is bad").build();
        let error = SdkError::service_error(PutParameterError::generic(words), ());
        let shown = format!("{0} {0:?}", refusal("written", &error));
        assert!(shown.contains("not written: ValidationException") && !shown.contains("s3cret"), "{shown}");
    }
}
