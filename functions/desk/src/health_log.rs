//! What happened to a supplier, as staff see it.

use jiff::Timestamp;
use serde::Serialize;
use store::health::{HealthEntry, HealthKind};
use utoipa::ToSchema;

/// What kind of thing happened to a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HealthLogKind)]
pub enum LogKind {
    /// It failed so often that it is left alone for a while.
    CircuitOpened,
    /// It answers again.
    CircuitClosed,
    /// Nothing is placed with it any more.
    Paused,
    /// It gets no new tasks, but finishes those that it has.
    Draining,
    /// It gets tasks again.
    Activated,
    /// Its configuration, terms or limits were changed.
    Configured,
    /// A secret of it was changed.
    SecretChanged,
    /// It said something that its configuration does not know.
    UnknownState,
    /// It charged more than its offer says.
    ChargedMore,
    /// What it charged is more than its budget allows: it gets nothing more until the period ends.
    BudgetExceeded,
    /// It was asked to wait with calls.
    AskedForRest,
}

impl From<HealthKind> for LogKind {
    fn from(kind: HealthKind) -> Self {
        match kind {
            HealthKind::CircuitOpened => Self::CircuitOpened,
            HealthKind::CircuitClosed => Self::CircuitClosed,
            HealthKind::Paused => Self::Paused,
            HealthKind::Draining => Self::Draining,
            HealthKind::Activated => Self::Activated,
            HealthKind::Configured => Self::Configured,
            HealthKind::SecretChanged => Self::SecretChanged,
            HealthKind::UnknownState => Self::UnknownState,
            HealthKind::ChargedMore => Self::ChargedMore,
            HealthKind::BudgetExceeded => Self::BudgetExceeded,
            HealthKind::AskedForRest => Self::AskedForRest,
        }
    }
}

/// An entry of a supplier's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HealthLogEntry {
    /// The entry's id.
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What.
    kind: LogKind,
    /// In words.
    detail: String,
}

impl From<HealthEntry> for HealthLogEntry {
    fn from(entry: HealthEntry) -> Self {
        Self { id: entry.id.to_string(), at: entry.at, kind: entry.kind.into(), detail: entry.detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_the_store_s() {
        for kind in HealthKind::ALL {
            let told = serde_json::to_value(LogKind::from(kind)).unwrap();
            assert_eq!(told, serde_json::to_value(kind).unwrap());
        }
    }
}
