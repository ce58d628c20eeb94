//! The terms of a plan: how pieces are spread over instalments, and how long it is between dates.

use domain::pacing::{Curve, Every, EveryUnit, SubscriptionError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How pieces are spread over instalments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PacedCurve)]
pub enum CurveDto {
    /// Every instalment is as large as the others.
    Even {},
    /// The first is the largest, each one after it smaller by the same step.
    FrontLoaded {},
    /// As large as the hour of the day in which it is released weighs.
    ByHour {
        /// The weights of the 24 hours of UTC, from midnight: 0 to 65,535 each, not all zero.
        weights: Vec<u16>,
    },
}

/// The time between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PacedEvery)]
pub struct EveryDto {
    /// What it is counted in.
    pub(super) unit: EveryUnitDto,
    /// How many of them: 1 to 365.
    pub(super) count: i64,
}

/// What the time between two dates is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PacedEveryUnit)]
pub enum EveryUnitDto {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months: the same day of the month as the first time, or its last day where it has no such day.
    Months,
}

impl CurveDto {
    pub(super) fn parse(&self) -> Result<Curve, &'static str> {
        Ok(match self {
            Self::Even {} => Curve::Even,
            Self::FrontLoaded {} => Curve::FrontLoaded,
            Self::ByHour { weights } => {
                let weights = weights.as_slice().try_into();
                Curve::ByHour { weights: weights.map_err(|_| "must be 24 numbers, one for each hour")? }
            }
        })
    }

    pub(super) fn of(curve: &Curve) -> Self {
        match curve {
            Curve::Even => Self::Even {},
            Curve::FrontLoaded => Self::FrontLoaded {},
            Curve::ByHour { weights } => Self::ByHour { weights: weights.to_vec() },
        }
    }
}

impl EveryDto {
    pub(super) fn parse(self) -> Result<Every, SubscriptionError> {
        let count = u32::try_from(self.count).map_err(|_| SubscriptionError::Every)?;
        let unit = match self.unit {
            EveryUnitDto::Days => EveryUnit::Days,
            EveryUnitDto::Weeks => EveryUnit::Weeks,
            EveryUnitDto::Months => EveryUnit::Months,
        };
        Ok(Every { unit, count })
    }
}

impl From<EveryUnit> for EveryUnitDto {
    fn from(unit: EveryUnit) -> Self {
        match unit {
            EveryUnit::Days => Self::Days,
            EveryUnit::Weeks => Self::Weeks,
            EveryUnit::Months => Self::Months,
        }
    }
}
