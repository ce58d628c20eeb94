//! The console's own: the audit trail and staff.

use domain::{AuditId, CustomerId};

use super::Key;

/// Key of an entry of the audit trail; `month` is the year and month it was written in, as `2026-11`.
#[must_use]
pub fn audit(month: &str, id: AuditId) -> Key {
    Key::new(audit_partition(month), id.to_string())
}

/// Partition of a month's audit entries.
#[must_use]
pub fn audit_partition(month: &str) -> String {
    format!("AUDIT#{month}")
}

/// Partition of all entries about one thing, in the first index.
#[must_use]
pub fn audit_of_subject(kind: &str, id: &str) -> String {
    format!("AUDITSUBJECT#{kind}#{id}")
}

/// Partition of all entries of one actor, in the second index.
#[must_use]
pub fn audit_of_actor(id: &str) -> String {
    format!("AUDITACTOR#{id}")
}

/// Key of somebody who works here.
#[must_use]
pub fn staff(id: &CustomerId) -> Key {
    Key::new(format!("STAFF#{id}"), "STAFF")
}

/// Partition of everybody who works here, in the first index.
pub const STAFF: &str = "STAFF";

/// Key of the count of admins.
#[must_use]
pub fn admins() -> Key {
    Key::new("ADMINS".into(), "COUNT")
}
