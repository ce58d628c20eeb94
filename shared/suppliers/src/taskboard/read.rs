//! From a board's answers to our types.

use domain::{ids::TaskId, money::Money};
use serde_json::Value;

use super::config::TaskboardConfig;
use crate::{
    SupplierError, TaskProgress, amount,
    http_json::Expression,
    keyed::{self, Line, LineStatus, PlacedLine},
};

/// A board's task.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub id: String,
    name: String,
    status: Value,
    limit: u32,
}

/// What came of doing a task once.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub id: String,
    /// The task's id.
    pub task: String,
    pub state: ReportState,
    pub price: Option<Money>,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
}

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportState {
    /// Somebody is at it, or has it back to improve it.
    Working,
    /// It waits for approval.
    Waiting,
    /// It is approved and paid.
    Approved,
}

/// What an answer complains of: boards say whether it worked, and if not, why.
pub(super) fn complaint(answer: &Value) -> Option<String> {
    let failed = match &answer["success"] {
        Value::Bool(success) => !success,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => matches!(text.as_str(), "0" | "false"),
        _ => false,
    };
    let words = match &answer["errors"] {
        Value::Array(list) => list.iter().find_map(keyed::text),
        other => keyed::text(other),
    };
    match (failed, words) {
        (_, Some(words)) => Some(words),
        (true, None) => Some("the board says no more than that it did not work".into()),
        (false, None) => None,
    }
}

/// Our name for a line's task; the code is in it, because a board tells no more of a task later.
pub(super) fn name_of(line: &Line) -> String {
    let reference = keyed::text(&line.document["reference"]).unwrap_or_default();
    format!("{reference} {}", line.code)
}

/// The line that a task of the board is, if it is one of `ours` and has begun, and its number.
pub(super) fn line_of(task: &Task, ours: TaskId) -> Option<(usize, PlacedLine)> {
    let (reference, code) = task.name.split_once(' ')?;
    let number = keyed::split(reference, &ours)?;
    let line = PlacedLine::new(&task.id, task.limit, code).ok()?;
    (task.limit > 0).then_some((number, line))
}

/// The ids of the folders with a name.
pub(super) fn folders(answer: &Value, name: &str) -> Result<Vec<String>, String> {
    let folders = answer["folders"].as_array().ok_or("the answer has no list of folders")?;
    let named = folders.iter().filter(|folder| keyed::text(&folder["name"]).as_deref() == Some(name));
    Ok(named.filter_map(|folder| keyed::text(&folder["id"])).collect())
}

/// The tasks of an answer.
pub(super) fn tasks(answer: &Value) -> Result<Vec<Task>, SupplierError> {
    let protocol = |reason: &str| SupplierError::Protocol { path: "get_tasks".into(), reason: reason.into() };
    let listed = answer["tasks"].as_array().ok_or_else(|| protocol("the answer has no list of tasks"))?;
    let task = |task: &Value| {
        Ok(Task {
            id: keyed::text(&task["id"]).ok_or_else(|| protocol("a task has no id"))?,
            name: keyed::text(&task["name"]).unwrap_or_default(),
            status: task["status"].clone(),
            limit: amount::pieces(&task["limit_total"]).unwrap_or_default(),
        })
    };
    listed.iter().map(task).collect()
}

/// The reports of an answer.
pub(super) fn reports(config: &TaskboardConfig, answer: &Value) -> Result<Vec<Report>, SupplierError> {
    let protocol =
        |reason: &str| SupplierError::Protocol { path: "get_reports".into(), reason: reason.into() };
    let listed = answer["reports"].as_array().ok_or_else(|| protocol("the answer has no list of reports"))?;
    let report = |report: &Value| {
        let find = |expression: &Option<Expression>| {
            expression.as_ref().and_then(|expression| keyed::text(&expression.search(report).ok()?))
        };
        let price = config
            .price
            .as_ref()
            .and_then(|price| keyed::charged(&price.amount.search(report).ok()?, price.currency));
        let state = match amount::pieces(&report["status"]) {
            Some(2) => ReportState::Waiting,
            Some(6) => ReportState::Approved,
            // 1 is being worked on and 3 has gone back; of others nothing is known, and nothing is approved.
            _ => ReportState::Working,
        };
        Ok(Report {
            id: keyed::text(&report["id"]).ok_or_else(|| protocol("a report has no id"))?,
            task: keyed::text(&report["task_id"]).ok_or_else(|| protocol("a report has no task_id"))?,
            state,
            price,
            carrier: find(&config.carrier),
            tracking_number: find(&config.tracking_number),
        })
    };
    listed.iter().map(report).collect()
}

/// How a line stands, from its task and the reports on it.
pub(super) fn status(task: &Task, line: &PlacedLine, reports: &[&Report]) -> LineStatus {
    let approved = reports.iter().filter(|report| report.state == ReportState::Approved).count();
    let delivered = u32::try_from(approved).unwrap_or(u32::MAX).min(line.quantity);
    let pending = reports.len() > approved;
    let progress = match amount::pieces(&task.status) {
        _ if delivered == line.quantity => TaskProgress::Completed,
        // New, without a limit, though we set one.
        Some(1) => TaskProgress::Unknown("the task has no limit".into()),
        // The limit is reached, the task is stopped, or the board refused it: nobody begins any more.
        Some(2 | 3 | 5) if pending => TaskProgress::InProgress,
        Some(2 | 3 | 5) if delivered > 0 => TaskProgress::Completed,
        Some(3) => TaskProgress::Cancelled,
        Some(5) => TaskProgress::Rejected,
        // Active, or waiting for the board to look at it.
        Some(4 | 6) if reports.is_empty() => TaskProgress::Accepted,
        Some(2 | 4 | 6) => TaskProgress::InProgress,
        _ => TaskProgress::Unknown(format!("status {}", task.status)),
    };
    LineStatus { progress, delivered }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_board_complains_in_many_ways() {
        for (answer, wanted) in [
            (json!({"success": true, "folders": []}), None),
            (json!({"success": 1, "errors": ""}), None),
            (json!({"folders": []}), None),
            (json!({"success": false, "errors": "no such task"}), Some("no such task")),
            (json!({"success": 0, "errors": ["one", "two"]}), Some("one")),
            (json!({"success": "0"}), Some("the board says no more than that it did not work")),
        ] {
            assert_eq!(complaint(&answer).as_deref(), wanted, "{answer}");
        }
    }

    #[test]
    fn a_line_stands_as_its_task_and_reports_say() {
        use ReportState::{Approved, Waiting, Working};
        use TaskProgress::{Accepted, Cancelled, Completed, InProgress, Rejected};
        let line = PlacedLine::new("7", 2, "H75").unwrap();
        let report = |state| Report {
            id: "70".into(),
            task: "7".into(),
            state,
            price: None,
            carrier: None,
            tracking_number: None,
        };
        let cases: [(u32, &[ReportState], TaskProgress, u32); 15] = [
            (4, &[], Accepted, 0),
            (6, &[], Accepted, 0),
            (4, &[Working], InProgress, 0),
            (4, &[Approved], InProgress, 1),
            (4, &[Approved, Approved], Completed, 2),
            (2, &[Approved, Waiting], InProgress, 1),
            (2, &[Approved, Approved, Approved], Completed, 2),
            (2, &[], InProgress, 0),
            (3, &[], Cancelled, 0),
            (3, &[Working], InProgress, 0),
            (3, &[Approved], Completed, 1),
            (5, &[], Rejected, 0),
            (5, &[Approved], Completed, 1),
            (1, &[], TaskProgress::Unknown("the task has no limit".into()), 0),
            (9, &[], TaskProgress::Unknown("status 9".into()), 0),
        ];
        for (status_code, states, progress, delivered) in cases {
            let task = Task { id: "7".into(), name: String::new(), status: json!(status_code), limit: 2 };
            let reports: Vec<Report> = states.iter().map(|state| report(*state)).collect();
            let wanted = LineStatus { progress, delivered };
            assert_eq!(
                status(&task, &line, &reports.iter().collect::<Vec<_>>()),
                wanted,
                "{status_code} {states:?}"
            );
        }
    }
}
