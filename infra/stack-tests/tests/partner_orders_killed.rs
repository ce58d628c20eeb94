//! What keeps and places partners' orders may die at any line, and the stream may give up: each order is placed once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::time::Duration;

use domain::{CustomerEmail, OrderId, PartnerRef, PartnerReference, Quantity, Stock};
use jiff::{SignedDuration, Timestamp};
use stack_tests::partner::{order, reference};
use stack_tests::shopper::address;
use stack_tests::stack::TestProduct;
use stack_tests::{Partner, wait_for};
use store::partner_orders::{Intake, Recipient};
use ulid::Ulid;

#[tokio::test]
async fn receiving_is_killed_after_its_write_and_the_partner_sends_again() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 10).await;
    let reference = reference("K");
    let sent = [order(&reference, &[(&product.skus[0], 4)])];
    partner.stack.kill_at("receive-partner-orders.after-write", partner.id());
    let lost = partner.send(&sent).await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    assert_eq!(partner.outcomes(&sent).await, ["known"]);
    partner.placed_once(&product, &reference).await;
}

/// Has an order of four pieces out of so many sent, and whoever settles it killed once at `point`. No other test has the
/// same function killed meanwhile: it would be killed on the way to the point.
async fn killed_at(point: &str, pieces: u64) -> (Partner, TestProduct, String) {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, pieces).await;
    let reference = reference("K");
    partner.stack.kill_at(point, &reference);
    partner.outcomes(&[order(&reference, &[(&product.skus[0], 4)])]).await;
    wait_for("somebody dies", 60, async || partner.stack.was_killed_at(point, &reference).then_some(()))
        .await;
    (partner, product, reference)
}

#[tokio::test]
async fn placing_is_killed_before_its_write() {
    let (partner, product, reference) = killed_at("place-partner-order.before-write", 10).await;
    partner.placed_once(&product, &reference).await;
}

#[tokio::test]
async fn placing_is_killed_after_its_write() {
    let (partner, product, reference) = killed_at("place-partner-order.after-write", 10).await;
    partner.placed_once(&product, &reference).await;
}

#[tokio::test]
async fn rejecting_is_killed_after_its_write() {
    let (partner, product, reference) = killed_at("place-partner-order.after-reject", 3).await;
    partner.wait_until(&reference, "rejected").await;
    let stock = partner.stack.stock(&product, &product.skus[0]).await;
    assert_eq!(stock, Stock { available: 3, reserved: 0, sold: 0 });
}

#[tokio::test]
async fn an_order_that_the_stream_cannot_bring_is_taken_up_by_the_sweep() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 10).await;
    let reference = reference("late");
    let recipient = Recipient {
        email: CustomerEmail::parse("ada@example.org").unwrap(),
        shipping_address: serde_json::from_value(address()).unwrap(),
    };
    let lines = vec![(product.skus[0].clone(), Quantity::parse(4).unwrap())];
    let whose = PartnerRef { id: partner.id(), reference: PartnerReference::parse(&reference).unwrap() };
    let mut intake = Intake::new(whose, recipient, lines, "test").unwrap();
    let received_at = Timestamp::now() - SignedDuration::from_mins(6);
    let millisecond = u64::try_from(received_at.as_millisecond()).unwrap();
    intake.order_id = OrderId::from_ulid(Ulid::from_parts(millisecond, Ulid::generate().random()));

    // Whoever the stream tells of it dies, each time.
    let deadly = async {
        loop {
            partner.stack.kill_at("place-partner-order.told", &reference);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let swept = async {
        partner.stack.database.receive_partner_orders(&[intake]).await.unwrap();
        wait_for("the sweep places it", 30, async || {
            let _ = partner.stack.tick("SweepPartnerOrders").await;
            (partner.look_at(&reference).await["status"] != "received").then_some(())
        })
        .await;
    };
    tokio::select! {
        () = deadly => {}
        () = swept => {}
    }
    partner.stack.forget_kill("place-partner-order.told", &reference);
    partner.placed_once(&product, &reference).await;
}
