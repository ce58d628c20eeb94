//! What every adapter must do, whatever its supplier's API looks like. An adapter's tests bring a [`Peer`], a supplier
//! that plays a part, and get one test a case from [`conformance_tests!`].

mod faults;

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
    CancelOutcome, DeliveredItem, PlaceError, Placement, PlacementItem, PlacementRequest, StatusReport,
    Supplier, SupplierError, SupplierReference, TaskProgress,
};

pub use faults::*;

/// The wait that a busy peer asks for.
pub const BUSY_WAIT: Duration = Duration::from_secs(7);

/// The reason of a refusing peer.
pub const REFUSAL: &str = "no more hinges";

/// How far ahead the clock of a peer with a wrong clock is.
pub const CLOCK_AHEAD: Duration = Duration::from_hours(2);

/// How a peer behaves from now on.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// Takes orders and lets them wait. All faults are over, and the clock is right.
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
    /// Answers every request after the adapter's patience has ended.
    Slow,
    /// The clock is [`CLOCK_AHEAD`], and times to wait are told as times of that clock.
    ClockAhead,
    /// Does the next request wrongly.
    Once(Fault),
}

/// What can go wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429 without doing anything; asks for [`BUSY_WAIT`].
    BusyForAWhile,
    /// 429 without doing anything; does not say until when.
    Busy,
    /// 500 without doing anything.
    Broken,
    /// Sends us to an address that no supplier has, without doing anything.
    Redirecting,
    /// Says that it does not know us any more, without doing anything; a token has ended, if there are tokens.
    Forgetting,
    /// Does it, and answers 500.
    BrokenAfter,
    /// Does it, and closes the connection without an answer.
    Losing,
    /// Does it, and answers with bytes that mean nothing.
    Garbled,
    /// Does it, and answers with a page for people.
    WrongType,
    /// Does it, and answers a byte at a time, without an end.
    Dripping,
    /// Does it, and answers with more than anybody should read.
    Huge,
    /// Does it, and lists every order twice.
    Doubled,
}

/// Nothing was done.
const NOT_DONE: [Fault; 5] =
    [Fault::BusyForAWhile, Fault::Busy, Fault::Broken, Fault::Redirecting, Fault::Forgetting];

/// It was done, and nobody hears of it.
const NOT_TOLD: [Fault; 6] =
    [Fault::BrokenAfter, Fault::Losing, Fault::Garbled, Fault::WrongType, Fault::Dripping, Fault::Huge];

/// A supplier that plays a part, and the adapter that speaks to it.
#[async_trait]
pub trait Peer: Send + Sync {
    fn supplier(&self) -> Arc<dyn Supplier>;
    async fn play(&self, part: Part);
    /// How often the supplier took a task: 1 is once, however many orders it makes of it.
    async fn times_taken(&self, reference: &TaskId) -> usize;
    /// Whether the adapter can get a new token when the old one has ended.
    fn has_tokens(&self) -> bool {
        false
    }
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
            the_connection_can_be_tried_without_harm,
            an_order_is_cancelled_until_it_is_sent,
            a_busy_supplier_has_not_taken_the_order,
            what_was_not_done_can_be_done_again,
            what_was_done_untold_is_uncertain_and_found,
            a_slow_answer_is_uncertain_and_the_order_is_found,
            an_ended_token_is_replaced_or_somebody_must_look,
            nothing_is_reported_twice,
            a_wrong_clock_does_not_matter,
            questions_fail_without_harm,
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

/// As the desk does after any doubt: looks first, if the supplier makes two orders of two requests, and then places.
async fn look_and_place(supplier: &dyn Supplier, request: &PlacementRequest) -> Placement {
    if !supplier.places_idempotently()
        && let Some(found) = supplier.find_by_reference(&request.reference).await.unwrap()
    {
        return found;
    }
    supplier.place(request).await.unwrap()
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
    let again = look_and_place(&*supplier, &request).await;
    assert_eq!(again.reference, first.reference);
    assert_eq!(peer.times_taken(&request.reference).await, 1);
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
    assert_eq!(peer.times_taken(&request.reference).await, 0);
}

pub async fn the_connection_can_be_tried_without_harm(peer: &impl Peer) {
    let request = request();
    peer.supplier().place(&request).await.unwrap();
    peer.supplier().check().await.unwrap();
    assert_eq!(peer.times_taken(&request.reference).await, 1);
    peer.play(Part::Slow).await;
    let slow = peer.supplier().check().await.unwrap_err();
    assert!(matches!(slow, SupplierError::Unavailable { .. }), "{slow:?}");
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
