//! The secrets of suppliers. They are kept apart from everything else and are never told.

use std::sync::Arc;

use domain::SupplierId;
use secrets::{SecretError, SecretKind, SecretName, Secrets};
use store::Database;
use store::suppliers::{SecretUse, SupplierWriteError};
use web::{FieldProblem, Problem};

/// What the routes share that change secrets.
#[derive(Debug, Clone)]
pub struct SecretDesk {
    /// The tables.
    pub database: Database,
    /// The store of secrets.
    pub secrets: Arc<Secrets>,
}

/// The secret in a path, and what it is for.
pub(crate) fn path_secret(id: SupplierId, text: &str) -> Result<(SecretName, SecretUse), Problem> {
    let kind: SecretKind = text.parse().map_err(|error| Problem::bad_parameter("/path/name", error))?;
    let purpose = match kind {
        SecretKind::Credential => SecretUse::Credential,
        SecretKind::Webhook => SecretUse::Webhook,
    };
    Ok((SecretName::Supplier(id, kind), purpose))
}

/// Why a secret was not set or forgotten.
pub(crate) fn unwritten(error: SecretError) -> Problem {
    match error {
        SecretError::Empty | SecretError::TooLong | SecretError::Characters => {
            Problem::invalid(vec![FieldProblem::new("/value", error.to_string())])
        }
        SecretError::Store { .. } => Problem::internal(error),
    }
}

/// Why it was not noted that a secret was set or forgotten.
pub(crate) fn unnoted(error: SupplierWriteError) -> Problem {
    match error {
        SupplierWriteError::Taken | SupplierWriteError::Outdated => Problem::not_found("supplier"),
        SupplierWriteError::Store(error) => Problem::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplier_has_two_secrets() {
        let id = SupplierId::generate();
        let read = |text: &str| path_secret(id, text).ok();
        assert_eq!(read("credential"), Some((SecretName::credential(id), SecretUse::Credential)));
        assert_eq!(read("webhook"), Some((SecretName::webhook(id), SecretUse::Webhook)));
        assert_eq!(read("password"), None);
    }

    #[test]
    fn a_secret_that_is_none_is_the_sender_s_fault() {
        assert_eq!(unwritten(SecretError::TooLong).status().as_u16(), 422);
        let store = SecretError::Store { action: "written", reason: "timed out".into() };
        assert_eq!(unwritten(store).status().as_u16(), 503);
    }
}
