//! The circuit breaker of a supplier: whether it is called at all, by how its last calls went.
//!
//! ```text
//! closed ──(failures)──▶ open ──(cool-down over)──▶ half-open ──(probe answered)──▶ closed
//!                          ▲                            │
//!                          └────────(probe failed)──────┘
//! ```
//!
//! A failure is a call that found the supplier not working: no answer, a time-out, an error of its own, a refusal for too
//! many calls. A supplier that answers and declines works.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So many failures in a row open the circuit.
pub const MAX_FAILURES_IN_ROW: u32 = 5;
/// Of at least so many calls within [`SPAN`] more than [`MAX_FAILED_PERCENT`] must fail to open the circuit.
pub const MIN_CALLS: u32 = 20;
/// The highest share of failures among the calls within [`SPAN`].
pub const MAX_FAILED_PERCENT: u32 = 50;
/// The time within which calls are counted together.
pub const SPAN: SignedDuration = SignedDuration::from_mins(5);
/// How long a circuit stays open the first time; each failed probe doubles it.
pub const FIRST_COOL_DOWN: SignedDuration = SignedDuration::from_secs(30);
/// How long it stays open at most.
pub const LONGEST_COOL_DOWN: SignedDuration = SignedDuration::from_mins(15);
/// How long a probe may take before its caller counts as dead and the next may call: longer than a worker may run.
pub const PROBE_LEASE: SignedDuration = SignedDuration::from_secs(60);

/// How a circuit stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CircuitView {
    /// The supplier is called.
    #[default]
    Closed,
    /// One call at a time finds out whether the supplier works again.
    HalfOpen,
    /// The supplier is not called.
    Open,
}

impl CircuitView {
    /// The state's name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::HalfOpen => "halfOpen",
            Self::Open => "open",
        }
    }
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Call,
    /// It may, as the only one: its outcome closes or opens the circuit. The circuit was changed and must be stored before
    /// the call.
    Probe,
    /// Not before then.
    Wait(Timestamp),
}

/// What an outcome did to a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// The supplier is not called until then.
    Opened {
        /// When the first probe may call.
        until: Timestamp,
    },
    /// The supplier is called again.
    Closed,
}

/// The circuit breaker of one supplier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Circuit {
    failures_in_row: u32,
    calls: u32,
    failures: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opening: Option<Opening>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opening {
    until: Timestamp,
    cool_down: SignedDuration,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    probe_until: Option<Timestamp>,
}

impl Opening {
    fn new(cool_down: SignedDuration, now: Timestamp) -> Self {
        Self { until: now + cool_down, cool_down, probe_until: None }
    }
}

impl Circuit {
    /// How the circuit stands.
    #[must_use]
    pub fn view(&self, now: Timestamp) -> CircuitView {
        match self.opening {
            None => CircuitView::Closed,
            Some(opening) if now < opening.until => CircuitView::Open,
            Some(_) => CircuitView::HalfOpen,
        }
    }

    /// When an open circuit lets the first probe through; none while it is closed.
    #[must_use]
    pub fn open_until(&self) -> Option<Timestamp> {
        self.opening.map(|opening| opening.until)
    }

    /// Whether a call may be made now. Of several workers that ask for the probe, the one that stores the changed circuit
    /// first has it.
    pub fn admit(&mut self, now: Timestamp) -> Admission {
        let Some(opening) = &mut self.opening else { return Admission::Call };
        match opening.probe_until {
            _ if now < opening.until => Admission::Wait(opening.until),
            Some(probe) if now < probe => Admission::Wait(probe),
            _ => {
                opening.probe_until = Some(now + PROBE_LEASE);
                Admission::Probe
            }
        }
    }

    /// The supplier answered a call. While the circuit is open this says nothing: the call was begun before.
    pub fn record_success(&mut self, now: Timestamp) -> Option<Transition> {
        match self.view(now) {
            CircuitView::Open => None,
            CircuitView::HalfOpen => {
                *self = Self::default();
                Some(Transition::Closed)
            }
            CircuitView::Closed => {
                self.count(now);
                self.failures_in_row = 0;
                None
            }
        }
    }

    /// A call found the supplier not working. While the circuit is open this says nothing new.
    pub fn record_failure(&mut self, now: Timestamp) -> Option<Transition> {
        match (self.opening, self.view(now)) {
            (Some(opening), CircuitView::HalfOpen) => {
                let doubled = opening.cool_down.saturating_mul(2).min(LONGEST_COOL_DOWN);
                Some(self.open(doubled, now))
            }
            (None, _) => {
                self.count(now);
                self.failures_in_row = self.failures_in_row.saturating_add(1);
                self.failures = self.failures.saturating_add(1);
                self.has_failed_enough().then(|| self.open(FIRST_COOL_DOWN, now))
            }
            (Some(_), _) => None,
        }
    }

    fn has_failed_enough(&self) -> bool {
        let percent = u64::from(self.failures) * 100;
        let many = self.calls >= MIN_CALLS && percent > u64::from(self.calls) * u64::from(MAX_FAILED_PERCENT);
        many || self.failures_in_row >= MAX_FAILURES_IN_ROW
    }

    fn open(&mut self, cool_down: SignedDuration, now: Timestamp) -> Transition {
        let opening = Opening::new(cool_down, now);
        *self = Self { opening: Some(opening), ..Self::default() };
        Transition::Opened { until: opening.until }
    }

    fn count(&mut self, now: Timestamp) {
        let since = self.counted_since.filter(|since| now < *since + SPAN);
        if since.is_none() {
            (self.calls, self.failures) = (0, 0);
        }
        self.counted_since = Some(since.unwrap_or(now));
        self.calls = self.calls.saturating_add(1);
    }
}

#[cfg(test)]
mod tests;
