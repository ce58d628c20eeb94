//! `panel`: the API that many panels share. One address takes all requests; `key` says who asks and `action` what:
//! `add`, `status`, `cancel`, `balance`, `services`. An order is one article, so each line of a task is an order there.

mod config;
mod describe;
mod read;

use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use domain::ids::TaskId;
use serde_json::Value;

use self::{
    config::{FindConfig, PanelConfig},
    read::PanelStatus,
};
use crate::{
    CancelOutcome, ConfigError, HttpClient, PlaceError, Placement, PlacementRequest, Secret, StatusReport,
    Supplier, SupplierError, SupplierReference, TaskProgress,
    keyed::{self, Endpoint, Line, Parameters, PlacedLine, Placing},
};
pub(crate) use describe::DESCRIPTION;

/// Why a reference cannot name all that was placed.
const TOO_LONG: &str = "the orders' ids are too long";

/// A panel.
pub(crate) struct Panel {
    config: PanelConfig,
    endpoint: Endpoint,
}

impl fmt::Debug for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.endpoint.fmt(f)
    }
}

impl Panel {
    /// A panel as `config` describes it.
    pub fn new(config: &Value, credential: Option<&Secret>, http: HttpClient) -> Result<Self, ConfigError> {
        let config = PanelConfig::parse(config)?;
        let endpoint = config.endpoint(credential, http);
        endpoint.check()?;
        Ok(Self { config, endpoint })
    }

    async fn add(&self, line: &Line) -> Result<PlacedLine, PlaceError> {
        let mut parameters = keyed::filled("add", &self.config.add, &line.document)?;
        parameters.entry("service".into()).or_insert_with(|| line.code.clone());
        parameters.entry("quantity".into()).or_insert_with(|| line.quantity.to_string());
        let answer = self.endpoint.place("add", parameters).await?;
        read::taken(&answer, line).map_err(|reason| PlaceError::Uncertain { reason })
    }

    /// The panel's words on lines, by their ids there; 100 at once unless configured otherwise.
    async fn ask(&self, lines: &[PlacedLine]) -> Result<BTreeMap<String, PanelStatus>, SupplierError> {
        let mut told = BTreeMap::new();
        for some in lines.chunks(self.config.max_ids.0) {
            let answer = self.endpoint.ask("status", keyed::ids("orders", some)).await?;
            told.extend(read::statuses(&self.config, &answer, some)?);
        }
        Ok(told)
    }

    async fn found(&self, find: &FindConfig, task: &TaskId) -> Result<Vec<PlacedLine>, SupplierError> {
        let document = serde_json::json!({ "task": task });
        let mut parameters = keyed::filled("find.parameters", &find.parameters, &document)?;
        parameters.insert("action".into(), find.action.clone());
        let answer = self.endpoint.ask("find", parameters).await?;
        read::found(&self.config, find, &answer, task)
    }
}

#[async_trait]
impl Supplier for Panel {
    fn places_idempotently(&self) -> bool {
        self.config.places_idempotently
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        let lines = keyed::lines_of(request);
        keyed::fits(&lines)?;
        let mut placing = Placing::default();
        for line in &lines {
            if placing.note(self.add(line).await)?.is_break() {
                break;
            }
        }
        placing.placed(request.reference, TOO_LONG)
    }

    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError> {
        let Some(find) = &self.config.find else {
            return Err(SupplierError::Unsupported { operation: "find an order by our reference" });
        };
        keyed::found(&self.found(find, reference).await?, "find.id", TOO_LONG)
    }

    async fn statuses(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let asked = keyed::asked(references);
        let told = self.ask(&keyed::lines_of_all(&asked)).await?;
        Ok(asked.iter().filter_map(|(reference, lines)| read::report(reference, lines, &told)).collect())
    }

    async fn cancel(&self, reference: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
        let Some(lines) = keyed::placed_lines(reference) else { return Ok(CancelOutcome::NotFound) };
        let answer = self.endpoint.ask("cancel", keyed::ids("orders", &lines)).await?;
        let agreed = read::agreed_to_cancel(&answer);
        // The answer says only that the panel took note; what came of it is in the status.
        let told = self.ask(&lines).await?;
        Ok(match read::report(reference, &lines, &told).map(|report| report.progress) {
            None => CancelOutcome::NotFound,
            Some(TaskProgress::Cancelled | TaskProgress::Rejected) => CancelOutcome::Cancelled,
            Some(TaskProgress::Completed) => CancelOutcome::TooLate,
            Some(TaskProgress::Accepted | TaskProgress::InProgress | TaskProgress::Unknown(_)) if agreed => {
                CancelOutcome::Requested
            }
            Some(TaskProgress::Accepted | TaskProgress::InProgress | TaskProgress::Unknown(_)) => {
                CancelOutcome::TooLate
            }
        })
    }

    async fn check(&self) -> Result<(), SupplierError> {
        self.endpoint.check_balance("balance").await?;
        // For whoever sets the supplier up: its codes. That the list is too long to read is no fault of the panel.
        match self.endpoint.ask("services", Parameters::new()).await {
            Err(SupplierError::Protocol { .. }) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
