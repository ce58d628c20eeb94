//! What every adapter must do, whatever its supplier's API looks like. An adapter's tests bring a [`Peer`], a supplier
//! that plays a part, and get one test a case from [`conformance_tests!`].

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    address::{Address, AddressInput},
    ids::TaskId,
    money::{Currency, Money},
    quantity::Quantity,
    sku::Sku,
};
use suppliers::{
    CancelOutcome, DeliveredItem, PlaceError, PlacementItem, PlacementRequest, StatusReport, Supplier,
    SupplierError, SupplierReference, TaskProgress,
};

/// The wait that a busy peer asks for.
pub const BUSY_WAIT: Duration = Duration::from_secs(7);

/// The reason of a refusing peer.
pub const REFUSAL: &str = "no more hinges";

/// How a peer behaves from now on.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// Takes orders and lets them wait.
    Willing,
    /// Takes orders and works on them, without an end.
    Working,
    /// Orders are sent whole.
    Sending,
    /// Of each line, at most this much is sent.
    SendingAtMost(u32),
    /// Orders that were taken are not done.
    GivingUp,
    /// Refuses new orders with [`REFUSAL`].
    Refusing,
    /// Answers the next request with "not now", without doing anything, and asks for [`BUSY_WAIT`].
    BusyOnce,
    /// Answers the next request with an internal error.
    BrokenOnce,
    /// Takes the next order and closes the connection without an answer.
    LosingOneResponse,
    /// Takes orders and answers after the adapter's patience has ended.
    Slow,
}

/// A supplier that plays a part, and the adapter that speaks to it.
#[async_trait]
pub trait Peer: Send + Sync {
    fn supplier(&self) -> Arc<dyn Supplier>;
    async fn play(&self, part: Part);
    /// How many orders the supplier took for a task.
    async fn orders_taken(&self, reference: &TaskId) -> usize;
}

/// A test for each case, each with a peer of its own: `conformance_tests!(start)`, where `start` is an async function.
#[macro_export]
macro_rules! conformance_tests {
    ($start:path) => {
        $crate::conformance_tests!(
            $start:
            a_placed_order_is_found_and_reported,
            placing_twice_is_safe_for_who_looks_first,
            progress_is_told_as_it_is,
            partial_deliveries_are_told_line_by_line,
            a_refusal_is_final_and_says_why,
            a_busy_supplier_has_not_taken_the_order,
            a_broken_supplier_may_have_taken_the_order,
            a_lost_response_is_uncertain_and_the_order_can_be_found,
            a_slow_answer_is_uncertain_and_the_order_can_be_found,
            questions_fail_without_harm,
            an_order_is_cancelled_until_it_is_sent,
        );
    };
    ($start:path: $($case:ident),* $(,)?) => {
        $(
            #[tokio::test]
            async fn $case() {
                conformance::$case(&$start().await).await;
            }
        )*
    };
}

pub fn request() -> PlacementRequest {
    let item = |sku: &str, code: &str, pieces| PlacementItem {
        sku: Sku::parse(sku).unwrap(),
        code: code.into(),
        quantity: Quantity::parse(pieces).unwrap(),
        unit_cost: Money::new(250, Currency::Gbp),
    };
    let ship_to = AddressInput {
        name: "Ada Smith".into(),
        line1: "1 Forge Lane".into(),
        line2: None,
        city: "Sheffield".into(),
        region: None,
        postal_code: "S1 1AA".into(),
        country: "GB".into(),
    };
    PlacementRequest {
        reference: TaskId::generate(),
        items: vec![item("HINGE-75", "H75", 3), item("LATCH", "L1", 1)],
        ship_to: Address::parse(ship_to).unwrap(),
    }
}

async fn place(peer: &impl Peer) -> SupplierReference {
    peer.supplier().place(&request()).await.unwrap().reference
}

async fn report(peer: &impl Peer, reference: &SupplierReference) -> StatusReport {
    let mut reports = peer.supplier().statuses(std::slice::from_ref(reference)).await.unwrap();
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

pub async fn a_placed_order_is_found_and_reported(peer: &impl Peer) {
    let (supplier, request) = (peer.supplier(), request());
    let placement = supplier.place(&request).await.unwrap();
    let found = supplier.find_by_reference(&request.reference).await.unwrap();
    assert_eq!(found.map(|found| found.reference), Some(placement.reference.clone()));
    assert_eq!(supplier.find_by_reference(&TaskId::generate()).await.unwrap(), None);

    let other = place(peer).await;
    let unknown = SupplierReference::parse("unknown").unwrap();
    let asked = [unknown, placement.reference.clone(), other.clone()];
    let mut reported: Vec<_> =
        supplier.statuses(&asked).await.unwrap().into_iter().map(|report| report.reference).collect();
    reported.sort();
    let mut known = [placement.reference, other];
    known.sort();
    assert_eq!(reported, known);
    assert_eq!(supplier.statuses(&[]).await.unwrap(), []);
}

pub async fn placing_twice_is_safe_for_who_looks_first(peer: &impl Peer) {
    let (supplier, request) = (peer.supplier(), request());
    let first = supplier.place(&request).await.unwrap();
    let again = if supplier.places_idempotently() {
        supplier.place(&request).await.unwrap()
    } else {
        supplier.find_by_reference(&request.reference).await.unwrap().unwrap()
    };
    assert_eq!(again.reference, first.reference);
    assert_eq!(peer.orders_taken(&request.reference).await, 1);
}

pub async fn progress_is_told_as_it_is(peer: &impl Peer) {
    for (part, progress) in [
        (Part::Willing, TaskProgress::Accepted),
        (Part::Working, TaskProgress::InProgress),
        (Part::Sending, TaskProgress::Completed),
        (Part::GivingUp, TaskProgress::Rejected),
    ] {
        peer.play(Part::Willing).await;
        let reference = place(peer).await;
        peer.play(part).await;
        assert_eq!(report(peer, &reference).await.progress, progress, "{part:?}");
    }
}

pub async fn partial_deliveries_are_told_line_by_line(peer: &impl Peer) {
    let reference = place(peer).await;
    peer.play(Part::SendingAtMost(2)).await;
    let report = report(peer, &reference).await;
    assert_eq!(report.progress, TaskProgress::Completed);
    let line = |code: &str, quantity| DeliveredItem { code: code.into(), quantity };
    assert_eq!(report.delivered, Some(vec![line("H75", 2), line("L1", 1)]));
}

pub async fn a_refusal_is_final_and_says_why(peer: &impl Peer) {
    peer.play(Part::Refusing).await;
    let request = request();
    let refused = peer.supplier().place(&request).await.unwrap_err();
    assert!(matches!(&refused, PlaceError::Rejected { reason } if reason.contains(REFUSAL)), "{refused:?}");
    assert_eq!(peer.orders_taken(&request.reference).await, 0);
}

pub async fn a_busy_supplier_has_not_taken_the_order(peer: &impl Peer) {
    peer.play(Part::BusyOnce).await;
    let request = request();
    let busy = peer.supplier().place(&request).await.unwrap_err();
    assert!(
        matches!(busy, PlaceError::Unavailable { retry_after: Some(wait), .. } if wait == BUSY_WAIT),
        "{busy:?}"
    );
    assert_eq!(peer.orders_taken(&request.reference).await, 0);
    peer.supplier().place(&request).await.unwrap();
}

pub async fn a_broken_supplier_may_have_taken_the_order(peer: &impl Peer) {
    peer.play(Part::BrokenOnce).await;
    let broken = peer.supplier().place(&request()).await.unwrap_err();
    assert!(matches!(broken, PlaceError::Uncertain { .. }), "{broken:?}");
}

pub async fn a_lost_response_is_uncertain_and_the_order_can_be_found(peer: &impl Peer) {
    uncertain_but_found(peer, Part::LosingOneResponse).await;
}

pub async fn a_slow_answer_is_uncertain_and_the_order_can_be_found(peer: &impl Peer) {
    uncertain_but_found(peer, Part::Slow).await;
}

async fn uncertain_but_found(peer: &impl Peer, part: Part) {
    let (supplier, request) = (peer.supplier(), request());
    peer.play(part).await;
    let lost = supplier.place(&request).await.unwrap_err();
    assert!(matches!(lost, PlaceError::Uncertain { .. }), "{lost:?}");
    peer.play(Part::Willing).await;
    let again = if supplier.places_idempotently() {
        supplier.place(&request).await.unwrap()
    } else {
        supplier.find_by_reference(&request.reference).await.unwrap().unwrap()
    };
    assert_eq!(report(peer, &again.reference).await.progress, TaskProgress::Accepted);
    assert_eq!(peer.orders_taken(&request.reference).await, 1);
}

pub async fn questions_fail_without_harm(peer: &impl Peer) {
    let (supplier, request) = (peer.supplier(), request());
    let reference = supplier.place(&request).await.unwrap().reference;
    for part in [Part::BusyOnce, Part::BrokenOnce] {
        peer.play(part).await;
        let find = supplier.find_by_reference(&request.reference).await.unwrap_err();
        peer.play(part).await;
        let statuses = supplier.statuses(std::slice::from_ref(&reference)).await.unwrap_err();
        peer.play(part).await;
        let cancel = supplier.cancel(&reference).await.unwrap_err();
        for error in [find, statuses, cancel] {
            assert!(matches!(error, SupplierError::Unavailable { .. }), "{part:?}: {error:?}");
        }
    }
    assert_eq!(report(peer, &reference).await.progress, TaskProgress::Accepted);
}

pub async fn an_order_is_cancelled_until_it_is_sent(peer: &impl Peer) {
    let supplier = peer.supplier();
    let reference = place(peer).await;
    for _ in 0..2 {
        assert_eq!(supplier.cancel(&reference).await, Ok(CancelOutcome::Cancelled));
    }
    assert_eq!(report(peer, &reference).await.progress, TaskProgress::Cancelled);
    let sent = place(peer).await;
    peer.play(Part::Sending).await;
    assert_eq!(supplier.cancel(&sent).await, Ok(CancelOutcome::TooLate));
    let unknown = SupplierReference::parse("unknown").unwrap();
    assert_eq!(supplier.cancel(&unknown).await, Ok(CancelOutcome::NotFound));
}
