//! `make sam-local` and `make invoke`: the functions in containers, on the tables of the deployed stack. Needs Docker, so
//! that it is a part of the tests of its own: `make test-containers`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::process::Command;

use domain::OrderStatus;
use serde_json::Value;
use stack_tests::{Shopper, Stack};

const RUNNER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../local/run.py");

/// Where the containers serve the API.
fn address() -> String {
    std::env::var("IRONMONGER_SAM_API").expect("IRONMONGER_SAM_API is set by `make test-containers`")
}

#[tokio::test]
async fn an_order_that_is_bought_in_containers_is_in_the_stack_s_tables() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 5).await;
    let (guest, contained) = (Shopper::new(&stack), Shopper::new(&stack).at(&address()));
    let shown = contained.get(&format!("/products/{}", product.slug)).await.expect(200);
    assert_eq!(shown["id"], product.id.to_string());
    let order = contained.buy(&[(&product.skus[0], 2)]).await;
    let stored = stack.database.order(order.id).await.unwrap().unwrap().value;
    assert_ne!(stored.status(), OrderStatus::PendingPayment);
    // The stack's own functions go on with it.
    let seen = guest.look_at(&order).await;
    assert_eq!(seen["number"], order.order["number"]);
    assert_eq!(stack.stock(&product, &product.skus[0]).await.available, 3);
}

#[tokio::test]
async fn who_is_signed_in_is_known_in_a_container() {
    let stack = Stack::connect().await;
    let customer = stack.customer().await;
    let contained = customer.at(&address());
    assert_eq!(contained.get("/me").await.expect(200)["email"], customer.email.to_string());
    contained.get("/console/audit").await.expect(403);
    Shopper::new(&stack).at(&address()).get("/me").await.expect(401);
    let forged = Shopper::new(&stack).with_token("eyJhbGciOiJub25lIn0.e30.").at(&address());
    forged.get("/me").await.expect(401);
}

/// The variables by which Cargo tells a test of its package and its target.
///
/// A build that is given them takes them for news: the build script of `ring` runs again when `CARGO_PKG_NAME` changes, and
/// each function is then compiled and linked anew, which takes minutes.
fn of_this_test() -> impl Iterator<Item = String> {
    let told = |name: &String| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    std::env::vars().map(|(name, _)| name).filter(told).chain(["CARGO_BUILD_TARGET".to_owned()])
}

/// What a function answers that is called with its ready event.
fn invoked(function: &str) -> Value {
    let mut runner = Command::new("python3");
    runner.args([RUNNER, "invoke", function]);
    for name in of_this_test() {
        runner.env_remove(name);
    }
    let run = runner.output().unwrap();
    let (said, log) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{function}: {said}\n{log}");
    let answer = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    serde_json::from_str(answer).unwrap_or_else(|error| panic!("{function}: {error}: {said}\n{log}"))
}

#[test]
fn a_route_a_worker_and_a_schedule_run_in_containers() {
    assert_eq!(invoked("list-categories")["statusCode"], 200);
    // There is no such customer, so that there is nothing to forget.
    assert_eq!(invoked("delete-customer")["batchItemFailures"], serde_json::json!([]));
    assert_eq!(invoked("sweep-partner-orders"), Value::Null);
}
