use proptest::prelude::*;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// A circuit that was opened at second 0.
fn opened() -> Circuit {
    let mut circuit = Circuit::default();
    let transitions: Vec<_> =
        (0..MAX_FAILURES_IN_ROW).filter_map(|_| circuit.record_failure(at(0))).collect();
    assert_eq!(transitions, [Transition::Opened { until: at(30) }]);
    circuit
}

#[test]
fn failures_in_a_row_open_it_and_a_success_between_them_does_not() {
    let mut circuit = Circuit::default();
    for _ in 1..MAX_FAILURES_IN_ROW {
        assert_eq!(circuit.record_failure(at(0)), None);
    }
    assert_eq!(circuit.record_success(at(1)), None);
    for _ in 1..MAX_FAILURES_IN_ROW {
        assert_eq!(circuit.record_failure(at(2)), None);
    }
    assert_eq!((circuit.view(at(2)), circuit.admit(at(2))), (CircuitView::Closed, Admission::Call));
    assert_eq!(circuit.record_failure(at(3)), Some(Transition::Opened { until: at(33) }));
    assert_eq!(circuit.view(at(3)), CircuitView::Open);
}

#[test]
fn more_than_half_of_many_calls_open_it_within_five_minutes_only() {
    // Failures come in pairs with a success between, so that no row is long enough.
    let outcomes = |circuit: &mut Circuit, calls: u32, now| {
        let call = |n: u32| {
            if n.is_multiple_of(3) { circuit.record_success(now) } else { circuit.record_failure(now) }
        };
        (0..calls).filter_map(call).count()
    };
    let mut circuit = Circuit::default();
    assert_eq!(outcomes(&mut circuit, MIN_CALLS - 1, at(0)), 0);
    let mut late = circuit;
    assert_eq!(outcomes(&mut circuit, 3, at(299)), 1);
    assert_eq!(outcomes(&mut late, 3, at(300)), 0);
}

#[test]
fn half_of_many_calls_is_not_enough() {
    let mut circuit = Circuit::default();
    for _ in 0..MIN_CALLS {
        assert_eq!(circuit.record_success(at(0)), None);
        assert_eq!(circuit.record_failure(at(0)), None);
    }
    assert_eq!(circuit.view(at(0)), CircuitView::Closed);
}

#[test]
fn an_open_circuit_lets_one_probe_through_after_its_cool_down() {
    let mut circuit = opened();
    assert_eq!(circuit.admit(at(29)), Admission::Wait(at(30)));
    assert_eq!(circuit.view(at(30)), CircuitView::HalfOpen);
    assert_eq!(circuit.admit(at(30)), Admission::Probe);
    assert_eq!(circuit.admit(at(31)), Admission::Wait(at(90)));
    // The probe's caller died.
    assert_eq!(circuit.admit(at(90)), Admission::Probe);
    assert_eq!(circuit.record_success(at(91)), Some(Transition::Closed));
    assert_eq!(circuit, Circuit::default());
}

#[test]
fn each_failed_probe_doubles_the_cool_down_up_to_its_longest() {
    let mut circuit = opened();
    let mut waits = Vec::new();
    let mut now = at(30);
    for _ in 0..7 {
        assert_eq!(circuit.admit(now), Admission::Probe);
        let Some(Transition::Opened { until }) = circuit.record_failure(now) else { panic!("still closed") };
        waits.push(until.duration_since(now).as_secs());
        now = until;
    }
    assert_eq!(waits, [60, 120, 240, 480, 900, 900, 900]);
    assert_eq!(circuit.open_until(), Some(now));
    assert_eq!(circuit.record_success(now), Some(Transition::Closed));
    for _ in 1..MAX_FAILURES_IN_ROW {
        assert_eq!(circuit.record_failure(now), None);
    }
    assert_eq!(circuit.record_failure(now), Some(Transition::Opened { until: now + FIRST_COOL_DOWN }));
}

#[test]
fn what_comes_back_while_it_is_open_says_nothing() {
    let mut circuit = opened();
    assert_eq!(circuit.record_success(at(29)), None);
    assert_eq!(circuit.record_failure(at(29)), None);
    assert_eq!(circuit, opened());
}

#[test]
fn a_circuit_reads_back_what_it_writes_and_nothing_is_a_closed_one() {
    let mut circuit = opened();
    assert_eq!(circuit.admit(at(30)), Admission::Probe);
    for circuit in [circuit, Circuit::default()] {
        let stored = serde_json::to_string(&circuit).unwrap();
        assert_eq!(serde_json::from_str::<Circuit>(&stored).unwrap(), circuit);
    }
    assert_eq!(serde_json::from_str::<Circuit>("{}").unwrap(), Circuit::default());
    for view in [CircuitView::Closed, CircuitView::HalfOpen, CircuitView::Open] {
        assert_eq!(serde_json::to_value(view).unwrap(), view.name());
    }
}

proptest! {
    #[test]
    fn whatever_happens_it_admits_one_probe_at_a_time_and_always_lets_calls_through_again(
        steps in prop::collection::vec((0_i64..200, 0_u8..3), 1..200),
    ) {
        let mut circuit = Circuit::default();
        let mut now = at(0);
        let mut probe: Option<Timestamp> = None;
        for (pause, what) in steps {
            now += SignedDuration::from_secs(pause);
            match what {
                0 => match circuit.admit(now) {
                    Admission::Call => prop_assert_eq!(circuit.view(now), CircuitView::Closed),
                    Admission::Probe => {
                        prop_assert_eq!(circuit.view(now), CircuitView::HalfOpen);
                        prop_assert!(probe.is_none_or(|began| began + PROBE_LEASE <= now));
                        probe = Some(now);
                    }
                    Admission::Wait(until) => {
                        prop_assert!(now < until && until <= now + LONGEST_COOL_DOWN);
                    }
                },
                1 => {
                    if circuit.record_success(now).is_some() {
                        prop_assert_eq!(circuit.view(now), CircuitView::Closed);
                        probe = None;
                    }
                }
                _ => {
                    if circuit.record_failure(now).is_some() {
                        prop_assert_eq!(circuit.view(now), CircuitView::Open);
                        probe = None;
                    }
                }
            }
        }
        let later = now + LONGEST_COOL_DOWN.max(PROBE_LEASE);
        prop_assert!(!matches!(circuit.admit(later), Admission::Wait(_)));
    }
}
