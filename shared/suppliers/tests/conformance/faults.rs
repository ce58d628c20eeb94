//! What every adapter makes of what goes wrong.

use domain::ids::TaskId;
use suppliers::{CancelOutcome, PlaceError, SupplierError, TaskProgress};

use super::{
    BUSY_WAIT, CLOCK_AHEAD, Fault, NOT_DONE, NOT_TOLD, Part, Peer, look_and_place, place, report, request,
};

pub async fn a_busy_supplier_has_not_taken_the_order(peer: &impl Peer) {
    for (fault, wait) in [(Fault::BusyForAWhile, Some(BUSY_WAIT)), (Fault::Busy, None)] {
        peer.play(Part::Once(fault)).await;
        let request = request();
        let busy = peer.supplier().place(&request).await.unwrap_err();
        assert!(
            matches!(busy, PlaceError::Unavailable { retry_after, .. } if retry_after == wait),
            "{fault:?}: {busy:?}"
        );
        assert_eq!(peer.times_taken(&request.reference).await, 0);
        peer.supplier().place(&request).await.unwrap();
        assert_eq!(peer.times_taken(&request.reference).await, 1);
    }
}

pub async fn what_was_not_done_can_be_done_again(peer: &impl Peer) {
    for fault in NOT_DONE {
        if fault == Fault::Forgetting {
            continue;
        }
        peer.play(Part::Once(fault)).await;
        let request = request();
        let failed = peer.supplier().place(&request).await.unwrap_err();
        assert!(!matches!(failed, PlaceError::Rejected { .. }), "{fault:?}: {failed:?}");
        assert_eq!(peer.times_taken(&request.reference).await, 0, "{fault:?}");
        look_and_place(&*peer.supplier(), &request).await;
        assert_eq!(peer.times_taken(&request.reference).await, 1, "{fault:?}");
    }
}

pub async fn what_was_done_untold_is_uncertain_and_found(peer: &impl Peer) {
    for fault in NOT_TOLD {
        uncertain_but_found(peer, Part::Once(fault)).await;
    }
}

pub async fn a_slow_answer_is_uncertain_and_the_order_is_found(peer: &impl Peer) {
    uncertain_but_found(peer, Part::Slow).await;
}

async fn uncertain_but_found(peer: &impl Peer, part: Part) {
    let (supplier, request) = (peer.supplier(), request());
    peer.play(part).await;
    let lost = supplier.place(&request).await.unwrap_err();
    assert!(matches!(lost, PlaceError::Uncertain { .. }), "{part:?}: {lost:?}");
    peer.play(Part::Willing).await;
    let again = look_and_place(&*supplier, &request).await;
    assert_eq!(report(peer, &again.reference).await.progress, TaskProgress::Accepted, "{part:?}");
    assert_eq!(peer.times_taken(&request.reference).await, 1, "{part:?}");
}

pub async fn an_ended_token_is_replaced_or_somebody_must_look(peer: &impl Peer) {
    // With a token in hand, if there are tokens.
    place(peer).await;
    let (supplier, request) = (peer.supplier(), request());
    peer.play(Part::Once(Fault::Forgetting)).await;
    let placed = supplier.place(&request).await;
    if peer.has_tokens() {
        placed.unwrap();
    } else {
        assert!(matches!(placed, Err(PlaceError::Misconfigured { .. })), "{placed:?}");
        assert_eq!(peer.times_taken(&request.reference).await, 0);
        supplier.place(&request).await.unwrap();
    }
    assert_eq!(peer.times_taken(&request.reference).await, 1);
}

pub async fn nothing_is_reported_twice(peer: &impl Peer) {
    let (supplier, request) = (peer.supplier(), request());
    let placed = supplier.place(&request).await.unwrap();
    peer.play(Part::Once(Fault::Doubled)).await;
    let found = supplier.find_by_reference(&request.reference).await.unwrap();
    assert_eq!(found.map(|found| found.reference), Some(placed.reference.clone()));
    peer.play(Part::Sending).await;
    peer.play(Part::Once(Fault::Doubled)).await;
    let sent = report(peer, &placed.reference).await;
    peer.play(Part::Willing).await;
    assert_eq!(sent.progress, TaskProgress::Completed);
    assert_eq!(sent, report(peer, &placed.reference).await);
}

pub async fn a_wrong_clock_does_not_matter(peer: &impl Peer) {
    peer.play(Part::ClockAhead).await;
    peer.play(Part::Once(Fault::BusyForAWhile)).await;
    let (supplier, request) = (peer.supplier(), request());
    let busy = supplier.place(&request).await.unwrap_err();
    let PlaceError::Unavailable { retry_after: Some(wait), .. } = busy else { panic!("{busy:?}") };
    assert!(wait <= BUSY_WAIT && wait < CLOCK_AHEAD, "{wait:?}");
    let placed = supplier.place(&request).await.unwrap();
    let found = supplier.find_by_reference(&request.reference).await.unwrap();
    assert_eq!(found.map(|found| found.reference), Some(placed.reference.clone()));
    assert_eq!(report(peer, &placed.reference).await.progress, TaskProgress::Accepted);
    assert_eq!(peer.times_taken(&request.reference).await, 1);
}

pub async fn questions_fail_without_harm(peer: &impl Peer) {
    let (supplier, request) = (peer.supplier(), request());
    let reference = supplier.place(&request).await.unwrap().reference;
    for fault in NOT_DONE.into_iter().chain(NOT_TOLD) {
        let part = Part::Once(fault);
        let is_right = |error: &SupplierError| match fault {
            Fault::Forgetting => matches!(error, SupplierError::Misconfigured { .. }),
            Fault::Redirecting => {
                matches!(error, SupplierError::Misconfigured { .. } | SupplierError::Unavailable { .. })
            }
            Fault::Garbled | Fault::WrongType | Fault::Huge => {
                matches!(error, SupplierError::Protocol { .. } | SupplierError::Unavailable { .. })
            }
            _ => matches!(error, SupplierError::Unavailable { .. }),
        };
        let renewed = fault == Fault::Forgetting && peer.has_tokens();

        peer.play(part).await;
        match supplier.find_by_reference(&request.reference).await {
            Err(error) => assert!(is_right(&error), "{fault:?}: {error:?}"),
            found => assert!(renewed && found.as_ref().is_ok_and(Option::is_some), "{fault:?}: {found:?}"),
        }
        peer.play(part).await;
        match supplier.statuses(std::slice::from_ref(&reference)).await {
            Err(error) => assert!(is_right(&error), "{fault:?}: {error:?}"),
            reports => assert!(renewed && reports.as_ref().is_ok_and(|all| all.len() == 1), "{reports:?}"),
        }
        let doomed = place(peer).await;
        peer.play(part).await;
        match supplier.cancel(&doomed).await {
            Err(error) => assert!(is_right(&error), "{fault:?}: {error:?}"),
            cancelled => assert!(renewed && cancelled == Ok(CancelOutcome::Cancelled), "{cancelled:?}"),
        }
        peer.play(Part::Willing).await;
        assert_eq!(supplier.cancel(&doomed).await, Ok(CancelOutcome::Cancelled), "{fault:?}");
        assert_eq!(supplier.find_by_reference(&TaskId::generate()).await, Ok(None), "{fault:?}");
    }
    assert_eq!(report(peer, &reference).await.progress, TaskProgress::Accepted);
    assert_eq!(peer.times_taken(&request.reference).await, 1);
}
