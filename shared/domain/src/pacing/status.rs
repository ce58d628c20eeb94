//! Where paced orders stand.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{Money, MoneyError};

/// Where a paced order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PacedStatus {
    /// Instalments are released when they are due.
    Running,
    /// None is, until somebody lets it go on.
    Paused,
    /// All were. Final.
    Finished,
    /// Somebody ended it before that. Final.
    Stopped,
}

impl PacedStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Running, Self::Paused, Self::Finished, Self::Stopped];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        }
    }

    /// Whether nothing can be released any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Finished | Self::Stopped)
    }
}

/// Who made the status what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusChange {
    /// Who: a person's address; nothing where the shop itself did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

/// Why an instalment that is due is not released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// Why.
    pub reason: String,
    /// Since when it is for this reason.
    pub since: Timestamp,
}

/// What a paced order cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PacedOrderError {
    /// It is over.
    #[error("the paced order is {} and cannot become {}", .from.name(), .to.name())]
    Over {
        /// Where it stands.
        from: PacedStatus,
        /// Where it was to go.
        to: PacedStatus,
    },
    /// Nobody can finish it but itself.
    #[error("a paced order is finished when all of it is released")]
    Unfinished,
    /// Nothing of it is to be released now.
    #[error("no instalment is due")]
    NotDue,
    /// The instalment would cost more than is left.
    #[error("the instalment costs {cost}, and {left} is left of the budget")]
    OverBudget {
        /// What it would cost.
        cost: Money,
        /// What is left.
        left: Money,
    },
    /// A sum cannot be computed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
