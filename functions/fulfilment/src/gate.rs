//! Whether a supplier may be called now: circuit breaker, turns and slots.
//!
//! Every call to a supplier passes here. What is taken for a call – a slot, the circuit's probe – is taken with a lease, so
//! that a function which dies holds nobody up for long.

use std::time::{Duration, Instant};

use domain::SupplierId;
use domain::circuit::{Admission, CircuitView};
use jiff::{SignedDuration, Timestamp};
use store::rate::{Line, Turn};
use store::{StoreError, Versioned};
use telemetry::crash;

use crate::calls::Pass;
use crate::connection::Connection;
use crate::desk::{Desk, DeskError};
use crate::{SUBMISSION_LEASE, TURN_HORIZON, TURN_LIFETIME};

/// The longest time that is waited for a turn on the spot; a queue cannot hold a message back for so short a time.
const SHORT_WAIT: SignedDuration = SignedDuration::from_secs(1);
/// About how long a call is waited for where all slots are taken.
const SLOT_WAIT: Duration = Duration::from_secs(4);
/// Those who wait for the same time come back within so long after it, at random.
const SPREAD: Duration = Duration::from_secs(5);

/// Whether a supplier may be called.
#[derive(Debug)]
pub enum Gate {
    /// It may.
    Open(Box<Pass>),
    /// It may not.
    Closed(Closed),
}

/// Why a supplier may not be called, and when to ask again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When to ask again.
    pub until: Timestamp,
    /// Why.
    pub reason: &'static str,
    /// The turn that was taken, to be shown then.
    pub turn: Option<Timestamp>,
    /// What is in the way.
    pub cause: Cause,
}

/// What is in the way of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The supplier fails.
    Circuit,
    /// It is not our turn.
    Turn,
    /// Too many calls are under way.
    Slots,
}

impl Desk {
    /// Asks for leave to call a supplier. `turn` is the one that was taken before, if one was; `subject` is what the call
    /// is about, for those who wish to see it die.
    pub async fn admit(
        &self,
        connection: &Connection,
        line: Line,
        turn: Option<Timestamp>,
        subject: &str,
    ) -> Result<Gate, DeskError> {
        let (supplier, limits) = (connection.id(), connection.record.value.supplier.limits);
        let circuit = self.database.circuit(supplier).await?;
        let mut after = circuit.value;
        let admission = after.admit(Timestamp::now());
        if let Admission::Wait(until) = admission {
            // While somebody tries whether it works again, the answer is near.
            let trying = circuit.value.view(Timestamp::now()) == CircuitView::HalfOpen;
            let until = if trying { Timestamp::now() + SPREAD } else { until };
            return Ok(Gate::Closed(Closed {
                until: until + random(SPREAD),
                reason: "the supplier fails and is left alone for a while",
                turn: None,
                cause: Cause::Circuit,
            }));
        }
        let turn = match self.turn(supplier, line, limits.per_minute(), turn).await? {
            Ok(turn) => turn,
            Err(closed) => return Ok(Gate::Closed(closed)),
        };
        let mut pass = Box::new(Pass::new(supplier, Instant::now() + self.call_time));
        if let Some(concurrent) = limits.concurrent() {
            let now = Timestamp::now();
            pass.slot = self.database.take_slot(supplier, concurrent, SUBMISSION_LEASE, now).await?;
            if pass.slot.is_none() {
                let until = now + random(SLOT_WAIT);
                let reason = "as many calls are under way as the supplier bears";
                return Ok(Gate::Closed(Closed { until, reason, turn: Some(turn), cause: Cause::Slots }));
            }
            crash::point("call.after-slot", subject);
        }
        if admission == Admission::Probe {
            let probing = Versioned { value: after, version: circuit.version };
            if !self.database.put_circuit(supplier, &probing, None).await? {
                pass.end(self).await;
                return Ok(Gate::Closed(Closed {
                    until: Timestamp::now() + random(SPREAD),
                    reason: "somebody else finds out whether the supplier works again",
                    turn: Some(turn),
                    cause: Cause::Circuit,
                }));
            }
            crash::point("call.after-probe", subject);
        }
        Ok(Gate::Open(pass))
    }

    /// Waits for a turn, if it is near, and gives it.
    async fn turn(
        &self,
        supplier: SupplierId,
        line: Line,
        per_minute: Option<u32>,
        taken: Option<Timestamp>,
    ) -> Result<Result<Timestamp, Closed>, StoreError> {
        let now = Timestamp::now();
        let closed = |until, reason, turn| Ok(Err(Closed { until, reason, turn, cause: Cause::Turn }));
        let reason = "the supplier bears only so many calls in a minute";
        let turn = if let Some(turn) = taken.filter(|turn| now < *turn + TURN_LIFETIME) {
            // The supplier may have asked for a rest since.
            let rest = self.database.rests_until(supplier).await?.filter(|rest| *rest > now);
            rest.map_or(Turn::At(turn), Turn::Rest)
        } else {
            self.database.take_turn(supplier, line, per_minute, TURN_HORIZON, now).await?
        };
        let turn = match turn {
            Turn::At(turn) => turn,
            Turn::Rest(until) => {
                return closed(until + random(SPREAD), "the supplier asked for a rest", None);
            }
            // Those who are sent away come back one by one.
            Turn::Crowded(at) => return closed(at + random(TURN_HORIZON.unsigned_abs() / 2), reason, None),
        };
        if turn > now + SHORT_WAIT {
            return closed(turn, reason, Some(turn));
        }
        tokio::time::sleep(turn.duration_since(now).max(SignedDuration::ZERO).unsigned_abs()).await;
        Ok(Ok(turn))
    }

    /// Whether a supplier that failed may be tried again, and nobody has yet.
    pub(crate) async fn wants_probe(&self, supplier: SupplierId) -> Result<bool, StoreError> {
        let circuit = self.database.circuit(supplier).await?;
        Ok(circuit.value.view(Timestamp::now()) == CircuitView::HalfOpen)
    }
}

/// Any time up to a bound.
pub(crate) fn random(bound: Duration) -> Duration {
    bound.mul_f64(rand::random::<f64>())
}
