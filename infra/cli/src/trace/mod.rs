//! `trace`: an order's whole story in time order, from its timeline, its tasks and the logs of all functions.
//!
//! Lines are found by the order's id, by those of its tasks and by those of the traces that they belong to: the request that
//! placed it, the one that paid it, and whatever staff did about it.

mod line;
mod logs;
mod print;
mod step;

use std::collections::BTreeSet;

use domain::{OrderId, Task, TraceId};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::orders::OrderPage;
use store::{Database, StoreError};
use thiserror::Error;

use self::line::LogLine;
use self::logs::Logs;
pub use self::logs::LogsError;
pub use self::step::{Source, Step};
use crate::connection::Connection;
use crate::outputs::{Outputs, OutputsError};

/// How much earlier than the order the log is read: the request that placed it began before, and clocks differ.
const BEFORE: SignedDuration = SignedDuration::from_mins(1);

/// Why there is no story.
#[derive(Debug, Error)]
pub enum TraceError {
    /// There is no such order.
    #[error("there is no order {0} here")]
    Unknown(OrderId),
    /// The outputs.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The logs.
    #[error(transparent)]
    Logs(#[from] LogsError),
}

/// A task of the order.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskEntry {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub supplier_id: String,
    /// Where it stands.
    pub status: &'static str,
}

/// An order's whole story.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Story {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub status: &'static str,
    /// Its tasks, the first planned first.
    pub tasks: Vec<TaskEntry>,
    /// The traces that it is part of, the oldest first.
    pub traces: Vec<TraceId>,
    /// What happened, the oldest first.
    pub steps: Vec<Step>,
}

/// Tells an order's story.
pub async fn story(outputs: &Outputs, order: OrderId) -> Result<Story, TraceError> {
    let connection = Connection::new(outputs).await;
    let database = connection.database(outputs)?;
    let (page, mut tasks) = read(&database, order).await?;
    tasks.sort_by_key(Task::id);
    let logs = Logs::new(&connection, outputs.stack("FunctionLogGroup")?, order.made_at() - BEFORE);
    let lines = collect(&logs, &page, &tasks).await?;
    Ok(assemble(&page, &tasks, lines))
}

async fn read(database: &Database, order: OrderId) -> Result<(OrderPage, Vec<Task>), TraceError> {
    let (page, tasks) =
        futures::future::try_join(database.order_page(order), database.tasks_of_order(order)).await?;
    Ok((page.ok_or(TraceError::Unknown(order))?, tasks))
}

/// All lines that are about the order. What is done on request names the order in the request's path, also where it came
/// to nothing and is in no timeline: the other lines of such requests are found by their traces.
async fn collect(logs: &Logs, page: &OrderPage, tasks: &[Task]) -> Result<BTreeSet<LogLine>, LogsError> {
    let order = page.order.value.id().to_string();
    let mut known: BTreeSet<_> = tasks.iter().map(|task| task.id().to_string()).collect();
    known.insert(order.clone());
    let traces = page.events.iter().map(|event| event.trace_id);
    let traces = traces.chain(tasks.iter().map(Task::trace_id)).chain([page.order.value.trace_id()]);
    known.extend(traces.flatten().map(|trace| trace.to_string()));
    let mut lines = logs.with_any(&known).await?;
    let asked = lines.iter().filter(|line| line.is_of_a_change()).filter_map(LogLine::trace_id);
    let more: BTreeSet<_> = asked.map(|trace| trace.to_string()).filter(|id| !known.contains(id)).collect();
    lines.extend(logs.with_any(&more).await?);
    let tasks: BTreeSet<_> = tasks.iter().map(|task| task.id().to_string()).collect();
    lines.retain(|line| line.is_about(&order, &tasks));
    Ok(lines)
}

fn assemble(page: &OrderPage, tasks: &[Task], lines: BTreeSet<LogLine>) -> Story {
    let order = &page.order.value;
    let mut steps: Vec<_> = page.events.iter().map(Step::of_event).collect();
    steps.extend(tasks.iter().flat_map(Step::of_task));
    steps.extend(lines.into_iter().map(Step::of_line));
    // What is stored was written before somebody could log that it was.
    steps.sort_by_key(|step| (step.at, step.source));
    let mut traces = Vec::new();
    for trace in steps.iter().filter_map(|step| step.trace_id) {
        if !traces.contains(&trace) {
            traces.push(trace);
        }
    }
    let entry = |task: &Task| TaskEntry {
        id: task.id().to_string(),
        supplier_id: task.supplier_id().to_string(),
        status: task.status().name(),
    };
    Story {
        order: order.id(),
        number: order.number(),
        status: order.status().name(),
        tasks: tasks.iter().map(entry).collect(),
        traces,
        steps,
    }
}

/// The time of a line or an event, to the millisecond, as the story shows it.
fn shown(at: Timestamp) -> String {
    at.strftime("%H:%M:%S%.3f").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_to_the_millisecond() {
        let shown_at = |text: &str| shown(text.parse().unwrap());
        assert_eq!(shown_at("2026-11-22T14:03:11.1204Z"), "14:03:11.120");
        assert_eq!(shown_at("2026-11-22T14:03:11Z"), "14:03:11.000");
    }
}
