//! What an order leaves in the metrics, from its cart to the doorstep: each change once, whatever comes twice.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::{BTreeMap, BTreeSet};

use domain::TraceId;
use serde_json::{Value, json};
use stack_tests::logs::Logs;
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::stack::event;
use stack_tests::{PlacedOrder, Shopper, Stack, TestSupplier, wait_for};
use telemetry::metrics::{About, NAMESPACE, all};

/// What an order counts that nothing goes wrong with.
const ONCE: [&str; 7] = [
    "CartsCreated",
    "OrdersFromCarts",
    "OrdersPlaced",
    "OrdersPaid",
    "OrdersFulfilled",
    "TasksSubmitted",
    "TasksCompleted",
];

/// All that was read of a metric, in any order.
fn readings(lines: &[Value], metric: &str) -> Vec<f64> {
    let values = lines.iter().filter_map(|line| line.get(metric));
    let numbers = values.flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]));
    numbers.map(|number| number.as_f64().unwrap()).collect()
}

/// The lines of a function's calls.
fn calls<'a>(lines: &'a [Value], function: &str) -> Vec<&'a Value> {
    let of_function = |line: &&Value| line["function"] == function && line.get("Duration").is_some();
    lines.iter().filter(of_function).collect()
}

/// Asserts that a line has the metrics of the list with their units and dimensions, and no others.
fn assert_listed(line: &Value, list: &BTreeMap<&str, About>) {
    for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
        assert_eq!(directive["Namespace"], NAMESPACE, "{line}");
        for metric in directive["Metrics"].as_array().unwrap() {
            let about = list.get(metric["Name"].as_str().unwrap()).unwrap_or_else(|| panic!("{metric}"));
            assert_eq!(metric["Unit"], about.unit.name(), "{line}");
            assert_eq!(directive["Dimensions"], json!(about.dimensions()), "{line}");
        }
    }
}

#[tokio::test]
async fn an_order_is_measured_once_from_cart_to_doorstep() {
    let stack = Stack::connect().await;
    let logs = Logs::begin(&stack);
    let trace = TraceId::generate();
    let shopper = Shopper::new(&stack).in_trace(trace);
    let product = stack.product(1, 3).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;

    let cart = shopper.cart(&[(sku, 3)]).await;
    let (placing, paying) = (new_key(), new_key());
    let order = PlacedOrder::read(shopper.place_as(&cart, &placing).await.expect(201));
    shopper.pay_as(&order, GOOD_CARD, &paying).await.expect(200);
    let done = supplier.fulfil(&stack, &shopper, &order, 60).await;
    // All of it again: what is done is not done, nor counted, twice.
    shopper.place_as(&cart, &placing).await.expect(201);
    shopper.pay_as(&order, GOOD_CARD, &paying).await.expect(200);
    for (worker, told) in [("PlanOrder", "OrderPaid"), ("ExpireOrder", "OrderPlaced")] {
        let mut again = event(told, order.id);
        again["detail"]["traceId"] = json!(trace);
        stack.deliver(worker, &again).await;
    }

    let lines = wait_for("all of it is in the log", 30, async || {
        let lines = logs.metrics_with(&trace.to_string()).await;
        let twice = ["pay-order", "place-order"].iter().all(|function| calls(&lines, function).len() == 2);
        (twice && ONCE.iter().all(|metric| !readings(&lines, metric).is_empty())).then_some(lines)
    })
    .await;

    for metric in ONCE {
        assert_eq!(readings(&lines, metric), [1.0], "{metric}");
    }
    let total = done["totals"]["total"]["amount"].as_f64().unwrap();
    assert_eq!(readings(&lines, "Revenue"), [total]);
    assert_eq!(readings(&lines, "SupplierCost"), [300.0], "three at 1.00");
    for metric in ["TimeToPlan", "TimeToDispatch", "TimeToComplete", "TimeToFulfil"] {
        let times = readings(&lines, metric);
        assert!(times.len() == 1 && (0.0..120.0).contains(&times[0]), "{metric}: {times:?}");
    }
    for metric in ["OrdersExpired", "OrdersNeedingAttention", "PaymentsDeclined", "TasksReplaced"] {
        assert!(readings(&lines, metric).is_empty(), "{metric}");
    }
    let of_suppliers: BTreeSet<_> = lines.iter().filter_map(|line| line["Supplier"].as_str()).collect();
    assert_eq!(of_suppliers.len(), 1, "{of_suppliers:?}");
    assert!(readings(&lines, "SupplierFailures").iter().all(|failed| *failed == 0.0));
    let list: BTreeMap<_, _> = all().into_iter().map(|about| (about.name, about)).collect();
    for line in &lines {
        assert_listed(line, &list);
    }
}

#[tokio::test]
async fn a_call_tells_what_it_took_and_whose_fault_it_was() {
    let stack = Stack::connect().await;
    let logs = Logs::begin(&stack);
    let trace = TraceId::generate();
    let shopper = Shopper::new(&stack).in_trace(trace);
    let product = stack.product(1, 1).await;
    let order = shopper.order(&[(&product.skus[0], 1)]).await;
    shopper.look_at(&order).await;
    shopper.get(&format!("/orders/{}", domain::OrderId::generate())).await.expect(401);

    let lines = wait_for("all calls are in the log", 30, async || {
        let lines = logs.metrics_with(&trace.to_string()).await;
        (calls(&lines, "get-order").len() == 2).then_some(lines)
    })
    .await;
    let placed = calls(&lines, "place-order")[0];
    assert_eq!((&placed["Service"], &placed["status"]), (&json!("orders"), &json!(201)));
    assert_eq!((&placed["ServerErrors"], &placed["CheckoutErrors"]), (&json!(0), &json!(0)));
    // The cart and the key, the product, the transaction.
    assert!(placed["DatabaseCalls"].as_u64().unwrap() >= 3, "{placed}");
    assert!(placed["ReadUnits"].as_f64().unwrap() > 0.0 && placed["WriteUnits"].as_f64().unwrap() > 0.0);
    assert!(placed["Duration"].as_f64().unwrap() > 0.0);
    assert!(placed["requestId"].as_str().is_some_and(|id| !id.is_empty()));
    let looked = calls(&lines, "get-order");
    let by_status = |status: u64| *looked.iter().find(|line| line["status"] == status).unwrap();
    assert_eq!((&by_status(200)["ClientErrors"], &by_status(401)["ClientErrors"]), (&json!(0), &json!(1)));
    for line in looked {
        assert_eq!((&line["WriteUnits"], &line["ServerErrors"]), (&json!(0.0), &json!(0)), "{line}");
        assert!(line.get("CheckoutErrors").is_none());
        assert_eq!(line.get("InitTime").is_some(), line["ColdStarts"] == 1);
    }
}

#[tokio::test]
async fn the_last_piece_and_a_worker_s_batch_are_measured() {
    let stack = Stack::connect().await;
    let logs = Logs::begin(&stack);
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 2).await;
    let order = shopper.buy(&[(&product.skus[0], 2)]).await;
    wait_for("the empty shelf is counted", 60, async || {
        let lines = logs.metrics_with("StockOuts").await;
        lines.iter().any(|line| line["function"] == "refresh-listings").then_some(())
    })
    .await;

    stack.deliver("ExpireOrder", &event("OrderPlaced", order.id)).await;
    let batches = wait_for("the batch is in the log", 30, async || {
        let lines = logs.metrics_with("expire-order").await;
        let batches: Vec<_> = calls(&lines, "expire-order").into_iter().cloned().collect();
        (!batches.is_empty()).then_some(batches)
    })
    .await;
    for batch in batches {
        assert_eq!((&batch["Queue"], &batch["Service"]), (&json!("expiry"), &json!("orders")));
        assert!(!readings(&[batch], "MessagesFailed").is_empty());
    }
}
