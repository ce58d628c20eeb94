//! How often things happened since the simulator started or the supplier was reset.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{fault::FaultKind, knobs::Operation};

/// Requests and faults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Requests by kind, including those that failed.
    pub requests: BTreeMap<Operation, u64>,
    /// Faults that were asked for.
    pub faults: Faults,
}

/// Faults by knob.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Requests that failed before anything was done (`failNext`).
    pub failed: u64,
    /// Orders that were refused (`refuse`).
    pub refused: u64,
    /// Orders that were taken but not answered (`loseResponses`).
    pub lost: u64,
    /// Requests that another fault struck (`faults`), by its kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub struck: BTreeMap<FaultKind, u64>,
}

impl Counters {
    /// Counts a request.
    pub fn count(&mut self, operation: Operation) {
        *self.requests.entry(operation).or_default() += 1;
    }

    /// Counts a fault.
    pub fn strike(&mut self, kind: FaultKind) {
        *self.faults.struck.entry(kind).or_default() += 1;
    }
}
