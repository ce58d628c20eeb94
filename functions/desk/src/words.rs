//! Words of the desk that many answers share: states, strategies, refusals.

use domain::circuit::{Circuit, CircuitView};
use domain::routing::{Refusal, Strategy};
use domain::supplier::SupplierStatus;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a supplier gets work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplierStatus)]
pub enum StatusDto {
    /// It gets new tasks.
    Active,
    /// It gets no new tasks, but finishes those that it has.
    Draining,
    /// Nothing is placed with it.
    Paused,
}

impl From<SupplierStatus> for StatusDto {
    fn from(status: SupplierStatus) -> Self {
        match status {
            SupplierStatus::Active => Self::Active,
            SupplierStatus::Draining => Self::Draining,
            SupplierStatus::Paused => Self::Paused,
        }
    }
}

impl From<StatusDto> for SupplierStatus {
    fn from(status: StatusDto) -> Self {
        match status {
            StatusDto::Active => Self::Active,
            StatusDto::Draining => Self::Draining,
            StatusDto::Paused => Self::Paused,
        }
    }
}

/// In which order suppliers are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Strategy)]
pub enum StrategyDto {
    /// The lowest cost of a piece first.
    Cheapest,
    /// The shortest lead time first.
    Fastest,
    /// The lowest number of priority first.
    Priority,
    /// By lot, drawn for each order: a supplier with twice the weight is first twice as often.
    Weighted,
}

impl From<Strategy> for StrategyDto {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Cheapest => Self::Cheapest,
            Strategy::Fastest => Self::Fastest,
            Strategy::Priority => Self::Priority,
            Strategy::Weighted => Self::Weighted,
        }
    }
}

impl From<StrategyDto> for Strategy {
    fn from(strategy: StrategyDto) -> Self {
        match strategy {
            StrategyDto::Cheapest => Self::Cheapest,
            StrategyDto::Fastest => Self::Fastest,
            StrategyDto::Priority => Self::Priority,
            StrategyDto::Weighted => Self::Weighted,
        }
    }
}

/// Why a supplier cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Refusal)]
pub enum RefusalDto {
    /// It had these pieces before, or was ruled out by hand.
    Excluded,
    /// It gets no work.
    Paused,
    /// It gets no new work.
    Draining,
    /// Its last calls failed, and others can send the pieces.
    CircuitOpen,
    /// Its budget of the day or month does not pay for the pieces.
    BudgetSpent,
    /// It sends no fewer than more pieces.
    BelowMinimum,
    /// It sends no more than fewer pieces.
    AboveMaximum,
    /// Its offer no longer holds, or not yet and others can send the pieces now.
    WindowClosed,
}

impl From<Refusal> for RefusalDto {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Excluded => Self::Excluded,
            Refusal::Paused => Self::Paused,
            Refusal::Draining => Self::Draining,
            Refusal::CircuitOpen => Self::CircuitOpen,
            Refusal::BudgetSpent => Self::BudgetSpent,
            Refusal::BelowMinimum => Self::BelowMinimum,
            Refusal::AboveMaximum => Self::AboveMaximum,
            Refusal::WindowClosed => Self::WindowClosed,
        }
    }
}

/// Whether a supplier is called, by how its last calls went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum CircuitState {
    /// It is.
    Closed,
    /// One call at a time tries whether it works again.
    HalfOpen,
    /// It is not.
    Open,
}

/// Whether a supplier is called, by how its last calls went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SupplierCircuit)]
pub struct CircuitDto {
    /// Whether it is.
    state: CircuitState,
    /// While it is not: when it is tried again.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

impl CircuitDto {
    /// How a circuit stands at a time.
    #[must_use]
    pub fn of(circuit: &Circuit, now: Timestamp) -> Self {
        let state = match circuit.view(now) {
            CircuitView::Closed => CircuitState::Closed,
            CircuitView::HalfOpen => CircuitState::HalfOpen,
            CircuitView::Open => CircuitState::Open,
        };
        let until = if state == CircuitState::Open { circuit.open_until() } else { None };
        Self { state, until }
    }
}

#[cfg(test)]
mod tests {
    use domain::circuit::MAX_FAILURES_IN_ROW;

    use super::*;

    #[test]
    fn the_words_are_the_domain_s() {
        let text = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        for status in SupplierStatus::ALL {
            let dto = StatusDto::from(status);
            assert_eq!(text(serde_json::to_value(dto).unwrap()), status.name());
            assert_eq!(SupplierStatus::from(dto), status);
        }
        for strategy in Strategy::ALL {
            let dto = StrategyDto::from(strategy);
            assert_eq!(text(serde_json::to_value(dto).unwrap()), strategy.name());
            assert_eq!(Strategy::from(dto), strategy);
        }
        for refusal in Refusal::ALL {
            assert_eq!(text(serde_json::to_value(RefusalDto::from(refusal)).unwrap()), refusal.name());
        }
    }

    #[test]
    fn an_open_circuit_says_until_when() {
        let now: Timestamp = "2026-11-22T07:30:00Z".parse().unwrap();
        let mut circuit = Circuit::default();
        assert_eq!(CircuitDto::of(&circuit, now), CircuitDto { state: CircuitState::Closed, until: None });
        for _ in 0..MAX_FAILURES_IN_ROW {
            circuit.record_failure(now);
        }
        let until = circuit.open_until().unwrap();
        assert_eq!(
            CircuitDto::of(&circuit, now),
            CircuitDto { state: CircuitState::Open, until: Some(until) }
        );
        assert_eq!(
            CircuitDto::of(&circuit, until),
            CircuitDto { state: CircuitState::HalfOpen, until: None }
        );
    }
}
