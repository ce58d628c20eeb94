//! What happened to a task.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The most entries of a task's history: the latest.
pub const MAX_HISTORY: usize = 20;

/// What happened to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AttemptOutcome {
    /// The supplier was not called: its circuit is open, its limits are reached, its budget is spent, its window is closed.
    Postponed,
    /// It was not placed, and the supplier has not got it.
    NotPlaced,
    /// It was not placed for all we know, but the supplier may have it.
    InDoubt,
    /// The supplier took it.
    Placed,
    /// The supplier will not do it.
    Rejected,
    /// It took too long.
    Overdue,
    /// The supplier sent the goods, all or a part.
    Completed,
    /// It was called off at the supplier.
    Cancelled,
    /// It was given up.
    Failed,
}

impl AttemptOutcome {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Postponed,
        Self::NotPlaced,
        Self::InDoubt,
        Self::Placed,
        Self::Rejected,
        Self::Overdue,
        Self::Completed,
        Self::Cancelled,
        Self::Failed,
    ];

    /// The outcome's name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Postponed => "postponed",
            Self::NotPlaced => "notPlaced",
            Self::InDoubt => "inDoubt",
            Self::Placed => "placed",
            Self::Rejected => "rejected",
            Self::Overdue => "overdue",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// One entry of a task's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub outcome: AttemptOutcome,
    /// Why, where there is a reason.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// Adds an entry, and drops the oldest beyond [`MAX_HISTORY`]. A task that is put off for the same reason again and again
/// keeps one entry of it, the latest.
pub(super) fn note(history: &mut Vec<Attempt>, entry: Attempt) {
    let repeated = |last: &Attempt| {
        entry.outcome == AttemptOutcome::Postponed
            && last.outcome == entry.outcome
            && last.reason == entry.reason
    };
    history.pop_if(|last| repeated(last));
    history.push(entry);
    let surplus = history.len().saturating_sub(MAX_HISTORY);
    history.drain(..surplus);
}
