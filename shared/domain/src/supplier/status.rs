//! Whether a supplier gets work.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whether a supplier gets work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SupplierStatus {
    /// It gets new tasks.
    Active,
    /// It gets no new tasks; those that are planned are still placed, and all are followed to their end.
    Draining,
    /// Nothing is placed with it, planned or new; what was placed is followed to its end.
    Paused,
}

impl SupplierStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Draining, Self::Paused];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Draining => "draining",
            Self::Paused => "paused",
        }
    }

    /// Whether tasks that are planned already may be placed.
    #[must_use]
    pub fn places_planned_tasks(self) -> bool {
        self != Self::Paused
    }
}

impl fmt::Display for SupplierStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_is_stored() {
        for status in SupplierStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
    }

    #[test]
    fn a_draining_supplier_finishes_what_it_has_and_a_paused_one_does_not_begin_it() {
        let allowed = SupplierStatus::ALL.map(SupplierStatus::places_planned_tasks);
        assert_eq!(allowed, [true, true, false]);
    }
}
