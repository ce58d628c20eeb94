//! Calls to suppliers, and what they leave behind: counters of health, the circuit's state, a rest that was asked for.

use std::time::{Duration, Instant};

use domain::SupplierId;
use domain::circuit::{Circuit, Transition};
use jiff::Timestamp;
use store::StoreError;
use store::health::{HealthCounters, HealthEntry, HealthKind};
use store::slots::Slot;
use suppliers::{PlaceError, SupplierError};
use telemetry::metrics::SupplierMetric;

use crate::desk::Desk;
use crate::gate::random;
use crate::measured;

/// How often the outcome of a call is tried to be written that others got ahead of.
const MAX_TRIES: u32 = 10;
/// What is said of a supplier that did not answer before the function had to write down what it knows.
const NO_ANSWER: &str = "no answer in the time that we have";

/// Leave to call a supplier. Whoever has it must [`Pass::end`] it.
#[derive(Debug)]
pub struct Pass {
    supplier: SupplierId,
    until: Instant,
    pub(crate) slot: Option<Slot>,
    counters: HealthCounters,
    verdict: Option<Verdict>,
}

/// What a call says of the supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// It works.
    Works,
    /// It works, and wants to be left alone for a while.
    WantsRest(Duration),
    /// It does not work.
    Fails(String),
}

impl Verdict {
    fn of_unavailable(retry_after: Option<Duration>, reason: &str) -> Self {
        retry_after.map_or_else(|| Self::Fails(reason.to_owned()), Self::WantsRest)
    }
}

/// An error of a call to a supplier.
pub trait CallError {
    /// Whether the supplier was found not to work, and how long it wants to be left alone.
    fn failure(&self) -> Option<(Option<Duration>, String)>;

    /// The error of a call that was broken off: the supplier may have done what was asked.
    fn broken_off() -> Self;
}

impl CallError for PlaceError {
    fn failure(&self) -> Option<(Option<Duration>, String)> {
        match self {
            Self::Rejected { .. } => None,
            Self::Unavailable { retry_after, .. } => Some((*retry_after, self.to_string())),
            Self::Uncertain { .. } | Self::Misconfigured { .. } => Some((None, self.to_string())),
        }
    }

    fn broken_off() -> Self {
        Self::Uncertain { reason: NO_ANSWER.into() }
    }
}

impl CallError for SupplierError {
    fn failure(&self) -> Option<(Option<Duration>, String)> {
        match self {
            Self::Unsupported { .. } => None,
            Self::Unavailable { retry_after, .. } => Some((*retry_after, self.to_string())),
            Self::Misconfigured { .. } | Self::Protocol { .. } => Some((None, self.to_string())),
        }
    }

    fn broken_off() -> Self {
        Self::Unavailable { retry_after: None, reason: NO_ANSWER.into() }
    }
}

impl Pass {
    /// Leave to call a supplier without a slot. Calls are broken off at `until`.
    pub(crate) fn new(supplier: SupplierId, until: Instant) -> Self {
        Self { supplier, until, slot: None, counters: HealthCounters::default(), verdict: None }
    }

    /// Makes a call, and keeps how it went. One that takes too long is broken off, so that the function lives to tell.
    pub async fn call<T, E: CallError>(&mut self, call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let began = Instant::now();
        let left = self.until.saturating_duration_since(began);
        let result = tokio::time::timeout(left, call).await.unwrap_or_else(|_| Err(E::broken_off()));
        let failure = result.as_ref().err().and_then(CallError::failure);
        let took = began.elapsed();
        measured::called(self.supplier, took, failure.is_some());
        self.counters.add(&HealthCounters::call(took, failure.is_some()));
        self.verdict =
            Some(failure.map_or(Verdict::Works, |(rest, why)| Verdict::of_unavailable(rest, &why)));
        result
    }

    /// Counts what came of a call beside its success.
    pub fn count(&mut self, counters: &HealthCounters) {
        self.counters.add(counters);
    }

    /// Writes down how the calls went and gives the slot back. The calls have been made, so what goes wrong here is only
    /// logged: the slot's lease ends, and a circuit learns from the next call.
    pub async fn end(self, desk: &Desk) {
        let Self { supplier, slot, counters, verdict, until: _ } = self;
        let ended = async {
            desk.database.count_health(supplier, &counters, Timestamp::now()).await?;
            match &verdict {
                None => {}
                Some(Verdict::Works) => desk.record_call(supplier, None).await?,
                Some(Verdict::WantsRest(rest)) => {
                    desk.rest(supplier, *rest).await?;
                    desk.record_call(supplier, None).await?;
                }
                Some(Verdict::Fails(reason)) => desk.record_call(supplier, Some(reason)).await?,
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = ended.await {
            tracing::error!(supplier_id = %supplier, %error, "the outcome of a call is lost");
        }
        if let Some(slot) = slot
            && let Err(error) = desk.database.give_slot_back(&slot).await
        {
            tracing::error!(supplier_id = %supplier, %error, "a slot is taken until its lease ends");
        }
    }
}

impl Desk {
    /// Tells a supplier's circuit how a call went.
    async fn record_call(&self, supplier: SupplierId, failure: Option<&str>) -> Result<(), StoreError> {
        for conflict in 0..MAX_TRIES {
            let mut circuit = self.database.circuit(supplier).await?;
            let (before, now) = (circuit.value, Timestamp::now());
            // While nothing fails there is nothing to remember, and nobody to wait for.
            if failure.is_none() && before == Circuit::default() {
                return Ok(());
            }
            let transition = match failure {
                None => circuit.value.record_success(now),
                Some(_) => circuit.value.record_failure(now),
            };
            if circuit.value == before {
                return Ok(());
            }
            let entry = transition.map(|transition| entry(transition, failure.unwrap_or_default(), now));
            if self.database.put_circuit(supplier, &circuit, entry.as_ref()).await? {
                if let Some(entry) = entry {
                    tracing::warn!(supplier_id = %supplier, kind = ?entry.kind, detail = entry.detail, "circuit");
                    if entry.kind == HealthKind::CircuitOpened {
                        measured::count(supplier, SupplierMetric::CircuitsOpened);
                    }
                }
                return Ok(());
            }
            tokio::time::sleep(random(Duration::from_millis(20).saturating_mul(1 << conflict.min(5)))).await;
        }
        Err(StoreError::Contended)
    }

    /// Leaves a supplier alone for as long as it asked.
    async fn rest(&self, supplier: SupplierId, rest: Duration) -> Result<(), StoreError> {
        let now = Timestamp::now();
        let until = now + rest.min(domain::backoff::LONGEST_RETRY_AFTER);
        self.database.rest(supplier, until).await?;
        let entry = HealthEntry::new(HealthKind::AskedForRest, format!("until {until:.0}"), now);
        self.database.log_health(supplier, &entry).await
    }
}

fn entry(transition: Transition, failure: &str, now: Timestamp) -> HealthEntry {
    match transition {
        Transition::Opened { until } => {
            HealthEntry::new(HealthKind::CircuitOpened, format!("until {until:.0}: {failure}"), now)
        }
        Transition::Closed => HealthEntry::new(HealthKind::CircuitClosed, "it answers again", now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass() -> Pass {
        Pass::new(SupplierId::generate(), Instant::now() + Duration::from_mins(1))
    }

    async fn verdict_of<T, E: CallError>(result: Result<T, E>) -> (Option<Verdict>, i64) {
        let mut pass = pass();
        assert!(pass.verdict.is_none(), "nothing is said of a supplier that was not called");
        let _ = pass.call(async { result }).await;
        (pass.verdict, pass.counters.failures)
    }

    #[tokio::test]
    async fn a_supplier_that_declines_works_and_one_that_asks_for_a_rest_gets_it() {
        assert_eq!(verdict_of(Ok::<_, PlaceError>(())).await, (Some(Verdict::Works), 0));
        let rejected = PlaceError::Rejected { reason: "sold out".into() };
        assert_eq!(verdict_of(Err::<(), _>(rejected)).await, (Some(Verdict::Works), 0));
        let rest = Duration::from_secs(7);
        let busy = PlaceError::Unavailable { retry_after: Some(rest), reason: "429".into() };
        assert_eq!(verdict_of(Err::<(), _>(busy)).await, (Some(Verdict::WantsRest(rest)), 1));
        let unsupported = SupplierError::Unsupported { operation: "cancel" };
        assert_eq!(verdict_of(Err::<(), _>(unsupported)).await, (Some(Verdict::Works), 0));
    }

    #[tokio::test]
    async fn no_answer_and_nonsense_are_failures() {
        let down = SupplierError::Unavailable { retry_after: None, reason: "refused".into() };
        let nonsense = SupplierError::Protocol { path: "answer".into(), reason: "no JSON".into() };
        for error in [down, nonsense] {
            let (verdict, failures) = verdict_of(Err::<(), _>(error)).await;
            assert!(matches!(verdict, Some(Verdict::Fails(_))));
            assert_eq!(failures, 1);
        }
        let lost = PlaceError::Uncertain { reason: "time-out".into() };
        assert!(matches!(verdict_of(Err::<(), _>(lost)).await, (Some(Verdict::Fails(_)), 1)));
    }

    #[tokio::test]
    async fn a_call_is_broken_off_in_time_and_leaves_a_doubt() {
        let mut pass = Pass::new(SupplierId::generate(), Instant::now() + Duration::from_millis(20));
        let placed: Result<(), PlaceError> = pass.call(std::future::pending()).await;
        assert!(matches!(placed, Err(PlaceError::Uncertain { .. })), "{placed:?}");
        assert!(matches!(pass.verdict, Some(Verdict::Fails(_))));
    }
}
