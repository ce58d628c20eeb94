//! `manual`: people do it. They see the task on the desk's work list, send the goods and say so there; nothing is
//! called and nobody is asked.

use async_trait::async_trait;
use domain::ids::TaskId;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    CancelOutcome, ConfigError, Description, Field, Input, PlaceError, Placement, PlacementRequest,
    StatusReport, Supplier, SupplierError, SupplierReference, TaskProgress, settings,
};

/// The most characters of the instructions.
const MAX_INSTRUCTIONS: usize = 2_000;

/// What people are told about the adapter.
pub(crate) const DESCRIPTION: Description = Description {
    title: "People with a work list",
    description: "For goods that somebody packs here, or orders by telephone. Tasks appear on the desk's work list; whoever \
                  has sent one enters the carrier and the tracking number, or says why it cannot be done.",
    fields: &[Field {
        path: "instructions",
        title: "Instructions",
        input: Input::Text,
        required: false,
        help: "What whoever does it should know, shown with each task. 2,000 characters at most.",
        example: Some("Shelves 4 to 9. Collection is at 16:00."),
        choices: &[],
    }],
    credential: None,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ManualConfig {
    /// For whoever does it. The console shows it; nothing here depends on it.
    #[serde(default)]
    instructions: String,
}

/// People with a work list.
#[derive(Debug)]
pub(crate) struct Manual;

impl Manual {
    /// People, as `config` describes them.
    pub fn new(config: &Value) -> Result<Self, ConfigError> {
        let config: ManualConfig = settings::read(config)?;
        if config.instructions.chars().count() > MAX_INSTRUCTIONS {
            let reason = format!("has at most {MAX_INSTRUCTIONS} characters");
            return Err(ConfigError { path: "instructions".into(), reason });
        }
        Ok(Self)
    }

    fn placement(task: TaskId) -> Result<Placement, &'static str> {
        let reference =
            SupplierReference::parse(&task.to_string()).map_err(|_| "a task's id is no reference")?;
        Ok(Placement { reference, cost: None, progress: Some(TaskProgress::Accepted) })
    }
}

#[async_trait]
impl Supplier for Manual {
    /// The work list has a task once, however often it is placed.
    fn places_idempotently(&self) -> bool {
        true
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        Self::placement(request.reference).map_err(|reason| PlaceError::Rejected { reason: reason.into() })
    }

    /// Whatever was placed is on the list; the list itself is the desk's.
    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError> {
        Self::placement(*reference)
            .map(Some)
            .map_err(|reason| SupplierError::Protocol { path: "find".into(), reason: reason.into() })
    }

    async fn statuses(&self, _: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        Ok(Vec::new())
    }

    async fn cancel(&self, _: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
        Ok(CancelOutcome::Cancelled)
    }

    fn is_polled(&self) -> bool {
        false
    }

    async fn check(&self) -> Result<(), SupplierError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn instructions_are_all_there_is_to_configure() {
        for good in [json!({}), json!({"instructions": "x".repeat(MAX_INSTRUCTIONS)})] {
            assert!(Manual::new(&good).is_ok());
        }
        for (bad, path) in [
            (json!({"instructions": "x".repeat(MAX_INSTRUCTIONS + 1)}), "instructions"),
            (json!({"baseUrl": "https://supplier.example"}), "baseUrl"),
            (json!({"instructions": 7}), "instructions"),
        ] {
            assert_eq!(Manual::new(&bad).unwrap_err().path, path, "{bad}");
        }
    }
}
