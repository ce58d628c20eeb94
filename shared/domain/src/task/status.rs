//! Where tasks stand.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TaskStatus {
    /// It waits to be placed.
    Planned,
    /// It is being placed; the supplier may have it without our knowing.
    Submitting,
    /// The supplier took it.
    Submitted,
    /// The supplier works on it.
    InProgress,
    /// It took too long: it is being cancelled.
    Overdue,
    /// The supplier sent the goods, all or a part. Final.
    Completed,
    /// The supplier will not do it. Final.
    Rejected,
    /// It was cancelled at the supplier. Final.
    Cancelled,
    /// It could not be placed. Final.
    Failed,
}

impl TaskStatus {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Planned,
        Self::Submitting,
        Self::Submitted,
        Self::InProgress,
        Self::Overdue,
        Self::Completed,
        Self::Rejected,
        Self::Cancelled,
        Self::Failed,
    ];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Submitting => "submitting",
            Self::Submitted => "submitted",
            Self::InProgress => "inProgress",
            Self::Overdue => "overdue",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more will happen to the task.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected | Self::Cancelled | Self::Failed)
    }

    /// Whether a task may go from this status to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match next {
            Self::Planned => false,
            Self::Submitting => matches!(self, Self::Planned | Self::Submitting),
            Self::Submitted => self == Self::Submitting,
            Self::InProgress => self == Self::Submitted,
            Self::Overdue | Self::Cancelled => {
                matches!(self, Self::Submitted | Self::InProgress | Self::Overdue)
            }
            Self::Completed | Self::Rejected => {
                matches!(self, Self::Submitting | Self::Submitted | Self::InProgress | Self::Overdue)
            }
            Self::Failed => matches!(self, Self::Planned | Self::Submitting),
        }
    }
}

impl fmt::Display for TaskStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
