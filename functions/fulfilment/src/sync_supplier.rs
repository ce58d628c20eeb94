//! Sync queue: asks a supplier about those of its tasks that are due for a question, in pages, and writes down what has
//! become of them. A supplier that failed and has no such tasks is tried with a harmless call.

use std::collections::HashMap;
use std::time::Instant;

use domain::Task;
use events::{Outcome, Queue, Report, SyncMessage, WorkError};
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use store::Versioned;
use store::rate::Line;
use suppliers::SupplierReference;

use crate::connection::Connection;
use crate::desk::{Desk, DeskError};
use crate::gate::{Closed, Gate};
use crate::traced::for_task;
use crate::{MAX_DUE, PARALLEL, POLL_PAGE, POLL_PATIENCE, TURN_LIFETIME};

/// What the supplier is said to have said of a task that its answer leaves out.
const NOT_KNOWN: &str = "the supplier does not know it";

/// Handles one supplier. `sync` is the queue that the message came from.
pub async fn handle(desk: &Desk, sync: &Queue, message: SyncMessage) -> Result<Report, WorkError> {
    let began = Instant::now();
    let connection = match desk.connect(message.supplier_id).await {
        // The next tick comes by again: until somebody mends the configuration, more tries of this message are no use.
        Err(error @ DeskError::Supplier { .. }) => {
            tracing::error!(%error, "the supplier cannot be asked");
            return Ok(Outcome::Done.saying(error.to_string()));
        }
        connection => connection?,
    };
    if !connection.api.is_polled() {
        return Ok(Outcome::Done.saying("this supplier is never asked"));
    }
    let due = due(desk, &connection).await?;
    if due.is_empty() {
        return Ok(probe(desk, sync, &connection, message).await?);
    }
    let (mut turn, mut asked, mut answered, mut failure) = (message.turn, 0, 0, None);
    let pages: Vec<Vec<_>> = pages(due);
    for page in pages {
        if asked > 0 && began.elapsed() > POLL_PATIENCE {
            break;
        }
        let gate = desk.admit(&connection, Line::Asking, turn.take(), &connection.id().to_string()).await?;
        let mut pass = match gate {
            Gate::Open(pass) => pass,
            Gate::Closed(closed) => {
                postpone(sync, &message, &closed).await?;
                return Ok(Outcome::Done.saying(format!("asked about {asked}; then: {}", closed.reason)));
            }
        };
        let references: Vec<_> = page.iter().map(|(reference, _)| reference.clone()).collect();
        let reports = pass.call(connection.api.statuses(&references)).await;
        pass.end(desk).await;
        asked += references.len();
        match reports {
            Ok(reports) => {
                answered += reports.len();
                failure = Box::pin(take(desk, &connection, page, reports)).await.err().or(failure);
            }
            // The next tick asks again: more tries of this message would only press a supplier that is down.
            Err(error) => {
                tracing::error!(supplier_id = %connection.id(), %error, "the supplier cannot be asked");
                return Ok(Outcome::Done.saying(format!("{} does not answer: {error}", connection.name())));
            }
        }
    }
    tracing::info!(supplier_id = %connection.id(), asked, answered, "supplier asked");
    let report = Outcome::Done.saying(format!("asked about {asked} tasks, heard of {answered}"));
    failure.map_or(Ok(report), |error| Err(error.into()))
}

/// The tasks that are due, by the names that the supplier knows them by.
async fn due(
    desk: &Desk,
    connection: &Connection,
) -> Result<Vec<(SupplierReference, Versioned<Task>)>, DeskError> {
    let now = Timestamp::now();
    let mut due = Vec::new();
    for task in desk.database.due_tasks(connection.id(), now, MAX_DUE).await? {
        if !task.value.is_due_for_poll(now) {
            continue;
        }
        match task.value.supplier_reference().map(SupplierReference::parse) {
            Some(Ok(reference)) => due.push((reference, task)),
            Some(Err(_)) | None => {
                tracing::error!(task_id = %task.value.id(), "a placed task without a reference of the supplier");
            }
        }
    }
    Ok(due)
}

fn pages<T>(all: Vec<T>) -> Vec<Vec<T>> {
    let mut pages = Vec::new();
    let mut rest = all.into_iter().peekable();
    while rest.peek().is_some() {
        pages.push(rest.by_ref().take(POLL_PAGE).collect());
    }
    pages
}

/// Writes down what the supplier says of a page of tasks. One task's failure does not hold up the others.
async fn take(
    desk: &Desk,
    connection: &Connection,
    page: Vec<(SupplierReference, Versioned<Task>)>,
    reports: Vec<suppliers::StatusReport>,
) -> Result<(), DeskError> {
    let mut reports: HashMap<_, _> =
        reports.into_iter().map(|report| (report.reference.clone(), report)).collect();
    let updates = page.into_iter().map(|(reference, task)| {
        let report = reports.remove(&reference);
        let about = task.value.clone();
        for_task(&about, async move {
            let taken = match report {
                Some(report) => desk.take_report(connection.name(), task, report, "sync").await,
                None => desk.ask_later(task, Some(NOT_KNOWN), Timestamp::now()).await,
            };
            // Whoever changed the task meanwhile knew as much: the next round asks again.
            taken
                .map(|_| ())
                .inspect_err(|error| tracing::error!(%error, "task cannot be brought up to date"))
        })
    });
    let results: Vec<_> = stream::iter(updates).buffer_unordered(PARALLEL).collect().await;
    results.into_iter().collect()
}

/// Tries a supplier that failed with a harmless call, if it is time.
async fn probe(
    desk: &Desk,
    sync: &Queue,
    connection: &Connection,
    message: SyncMessage,
) -> Result<Report, DeskError> {
    if !desk.wants_probe(connection.id()).await? {
        return Ok(Outcome::Done.saying("no task is due"));
    }
    let subject = connection.id().to_string();
    match desk.admit(connection, Line::Asking, message.turn, &subject).await? {
        Gate::Open(mut pass) => {
            let answer = pass.call(connection.api.check()).await;
            pass.end(desk).await;
            let said =
                answer.map_or_else(|error| format!("still fails: {error}"), |()| "answers again".into());
            Ok(Outcome::Done.saying(format!("{} {said}", connection.name())))
        }
        Gate::Closed(closed) => {
            postpone(sync, &message, &closed).await?;
            Ok(Outcome::Done.saying(closed.reason))
        }
    }
}

/// Comes back when it is our turn. Without a turn, or with one that is too old, the next tick comes as soon.
async fn postpone(sync: &Queue, message: &SyncMessage, closed: &Closed) -> Result<(), DeskError> {
    let fresh = |turn: &Timestamp| closed.until < *turn + TURN_LIFETIME;
    let Some(turn) = closed.turn.filter(fresh) else { return Ok(()) };
    let delay = closed.until.duration_since(Timestamp::now()).max(SignedDuration::ZERO).unsigned_abs();
    let message = SyncMessage { turn: Some(turn), ..message.clone() };
    Ok(sync.send_after(&[message], delay).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_out_between_pages() {
        for n in [0, 1, POLL_PAGE, POLL_PAGE + 1, 3 * POLL_PAGE] {
            let pages = pages((0..n).collect());
            assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= POLL_PAGE));
            assert!(pages.into_iter().flatten().eq(0..n));
        }
    }
}
