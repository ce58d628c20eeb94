//! `taskboard`: boards on which people take tasks. A task is created as a draft in a folder (`add_task`), begins when it
//! gets a limit (`task_limit_add`: how often it is to be done), and every time that it was done makes a report, which
//! whoever ordered it approves (`approve_report`). Here a line of a task is a board's task, its quantity the limit, and an
//! approved report a piece that was sent.
//!
//! A draft costs nothing and nobody works on it. So all drafts are made before the first limit is set, and whatever goes
//! wrong until then has placed nothing.

mod config;
mod describe;
mod read;
mod told;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use async_trait::async_trait;
use domain::ids::TaskId;
use serde_json::Value;

use self::{config::TaskboardConfig, read::ReportState, told::Told};
use crate::{
    CancelOutcome, ConfigError, HttpClient, PlaceError, Placement, PlacementRequest, Secret, StatusReport,
    Supplier, SupplierError, SupplierReference, TaskProgress,
    keyed::{self, Endpoint, Line, Parameters, PlacedLine, Placing},
};
pub(crate) use describe::DESCRIPTION;

/// No board gives fewer tasks or reports at once if it has more; `offset` leads to the others.
const PAGE: usize = 1_000;

/// The most reports that are approved at once; the others wait for the next time.
const MAX_APPROVALS: usize = 100;

/// Why a reference cannot name all that was placed.
const TOO_LONG: &str = "the tasks' ids are too long";

/// A task board.
pub(crate) struct Taskboard {
    config: TaskboardConfig,
    endpoint: Endpoint,
}

impl fmt::Debug for Taskboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.endpoint.fmt(f)
    }
}

impl Taskboard {
    /// A board as `config` describes it.
    pub fn new(config: &Value, credential: Option<&Secret>, http: HttpClient) -> Result<Self, ConfigError> {
        let config = TaskboardConfig::parse(config)?;
        let endpoint = config.endpoint(credential, http);
        endpoint.check()?;
        Ok(Self { config, endpoint })
    }

    /// The folder for a task; it is made if there is none. Of several with its name, the first.
    async fn folder(&self, task: TaskId) -> Result<String, PlaceError> {
        let folder = self.config.folder_of(task);
        let answer = self.endpoint.prepare("get_folders", Parameters::new()).await?;
        let unreadable = |reason| PlaceError::Unavailable { retry_after: None, reason };
        if let Some(id) = read::folders(&answer, &folder).map_err(unreadable)?.into_iter().next() {
            return Ok(id);
        }
        let parameters = Parameters::from([("name".to_owned(), folder)]);
        let answer = self.endpoint.prepare("create_folder", parameters).await?;
        keyed::text(&answer["folder_id"])
            .ok_or_else(|| unreadable("create_folder: the answer has no folder_id".into()))
    }

    async fn draft(&self, line: &Line, folder: &str) -> Result<PlacedLine, PlaceError> {
        let mut parameters = keyed::filled("task", &self.config.task, &line.document)?;
        parameters.insert("name".into(), read::name_of(line));
        parameters.insert("folder_id".into(), folder.to_owned());
        let answer = self.endpoint.prepare("add_task", parameters).await?;
        let placed = keyed::text(&answer["task_id"])
            .ok_or_else(|| "the answer has no task_id".to_owned())
            .and_then(|id| PlacedLine::new(&id, line.quantity, &line.code));
        placed.map_err(|reason| PlaceError::Unavailable {
            retry_after: None,
            reason: format!("add_task: {reason}"),
        })
    }

    /// From here on the board's people work on it.
    async fn begin(&self, line: PlacedLine) -> Result<PlacedLine, PlaceError> {
        let parameters = Parameters::from([
            ("task_id".to_owned(), line.id.clone()),
            ("add_to_limit".to_owned(), line.quantity.to_string()),
        ]);
        self.endpoint.place("task_limit_add", parameters).await.map(|_| line)
    }

    async fn ask(&self, lines: &[PlacedLine]) -> Result<Told, SupplierError> {
        let mut told = Told::default();
        for some in lines.chunks(self.config.max_ids.0) {
            let asked = keyed::ids("task_id", some);
            let answer = self.endpoint.ask("get_tasks", asked.clone()).await?;
            let tasks = read::tasks(&answer)?;
            told.tasks.extend(tasks.into_iter().map(|task| (task.id.clone(), task)));
            let mut offset = 0;
            loop {
                let mut asked = asked.clone();
                asked.insert("offset".into(), offset.to_string());
                let page = read::reports(&self.config, &self.endpoint.ask("get_reports", asked).await?)?;
                let (length, known) = (page.len(), told.reports.len());
                told.reports.extend(page.into_iter().map(|report| (report.id.clone(), report)));
                // A board that says the same again would say it for ever.
                if length < PAGE || told.reports.len() == known {
                    break;
                }
                offset += length;
            }
        }
        Ok(told)
    }

    /// Approves what waits for it. What does not work now will the next time.
    async fn approve(&self, told: &mut Told) {
        let waiting = told.reports.values_mut().filter(|report| report.state == ReportState::Waiting);
        for report in waiting.take(MAX_APPROVALS) {
            let parameters = Parameters::from([("report_id".to_owned(), report.id.clone())]);
            match self.endpoint.tell("approve_report", parameters).await {
                Ok(Ok(_)) => report.state = ReportState::Approved,
                Ok(Err(objection)) => {
                    tracing::warn!(report = report.id, objection, "a report is not approved");
                }
                Err(error) => {
                    tracing::warn!(report = report.id, %error, "reports are not approved");
                    return;
                }
            }
        }
    }

    /// The lines of a task that the board works on.
    async fn found(&self, task: TaskId) -> Result<Vec<PlacedLine>, SupplierError> {
        let answer = self.endpoint.ask("get_folders", Parameters::new()).await?;
        let folders = read::folders(&answer, &self.config.folder_of(task))
            .map_err(|reason| SupplierError::Protocol { path: "get_folders".into(), reason })?;
        let mut lines = BTreeMap::new();
        for folder in folders {
            let (mut seen, mut offset) = (BTreeSet::new(), 0);
            loop {
                let parameters = Parameters::from([
                    ("folder_id".to_owned(), folder.clone()),
                    ("offset".to_owned(), offset.to_string()),
                ]);
                let page = read::tasks(&self.endpoint.ask("get_tasks", parameters).await?)?;
                let (length, known) = (page.len(), seen.len());
                for found in page {
                    if let Some((number, line)) = read::line_of(&found, task) {
                        lines.entry(number).or_insert(line);
                    }
                    seen.insert(found.id);
                }
                if length < PAGE || seen.len() == known {
                    break;
                }
                offset += length;
            }
        }
        Ok(lines.into_values().collect())
    }
}

#[async_trait]
impl Supplier for Taskboard {
    fn places_idempotently(&self) -> bool {
        false
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        let lines = keyed::lines_of(request);
        keyed::fits(&lines)?;
        let folder = self.folder(request.reference).await?;
        let mut drafts = Vec::new();
        for line in &lines {
            drafts.push(self.draft(line, &folder).await?);
        }
        let mut placing = Placing::default();
        for draft in drafts {
            if placing.note(self.begin(draft).await)?.is_break() {
                break;
            }
        }
        placing.placed(request.reference, TOO_LONG)
    }

    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError> {
        keyed::found(&self.found(*reference).await?, "get_tasks", TOO_LONG)
    }

    async fn statuses(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let asked = keyed::asked(references);
        let mut told = self.ask(&keyed::lines_of_all(&asked)).await?;
        if self.config.approve {
            self.approve(&mut told).await;
        }
        Ok(asked.iter().filter_map(|(reference, lines)| told.report(reference, lines)).collect())
    }

    async fn cancel(&self, reference: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
        let Some(lines) = keyed::placed_lines(reference) else { return Ok(CancelOutcome::NotFound) };
        for line in &lines {
            let parameters = Parameters::from([("task_id".to_owned(), line.id.clone())]);
            if let Err(objection) = self.endpoint.tell("task_pause", parameters).await? {
                // Why not is in the task's status, too.
                tracing::info!(task = line.id, objection, "the board does not pause a task");
            }
        }
        let told = self.ask(&lines).await?;
        Ok(match told.report(reference, &lines).map(|report| report.progress) {
            None => CancelOutcome::NotFound,
            Some(TaskProgress::Cancelled | TaskProgress::Rejected) => CancelOutcome::Cancelled,
            Some(TaskProgress::Completed) => CancelOutcome::TooLate,
            Some(TaskProgress::InProgress) if told.is_done(&lines) => CancelOutcome::TooLate,
            Some(TaskProgress::Accepted | TaskProgress::InProgress | TaskProgress::Unknown(_)) => {
                CancelOutcome::Requested
            }
        })
    }

    async fn check(&self) -> Result<(), SupplierError> {
        self.endpoint.check_balance("get_balance").await
    }
}
