//! One trace from the browser's request through queues, the supplier and back, in every function's lines; and the command
//! that tells the story from them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cli::trace::{Source, Step, Story, story};
use domain::{OrderId, TraceId};
use reqwest::Method;
use serde_json::json;
use stack_tests::{Shopper, Stack, TestSupplier, wait_for};

/// How long a test waits until all lines are in the log.
const SECONDS: u64 = 60;

/// The functions that an order passes whose supplier tells of its own accord.
const PASSED: [&str; 6] = [
    "place-order",
    "pay-order",
    "publish-order-events",
    "plan-order",
    "dispatch-task",
    "receive-supplier-event",
];

/// Makes a supplier do its work at once and tell of it, instead of being asked.
async fn tells_of_its_own_accord(stack: &Stack, supplier: &TestSupplier) {
    let admin = stack.admin().await;
    let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
    let path = format!("/console/fulfilment/suppliers/{}/secrets/webhook", supplier.id);
    admin.send(admin.request(Method::PUT, &path).json(&json!({ "value": secret }))).await.expect(200);
    supplier.change(stack, |record| record.webhook = Some(json!({ "kind": "standardWebhooks" }))).await;
    let url = format!("{}/webhooks/suppliers/{}", stack.outputs.api, supplier.id);
    let webhook = json!({ "url": url, "secret": secret });
    supplier.turn(json!({ "workingAfterMs": null, "completeAfterMs": 500, "webhook": webhook })).await;
}

/// The order's story, once these functions have a part in it and it is over.
async fn told(stack: &Stack, order: OrderId, functions: &[&str]) -> Story {
    wait_for(&format!("the log tells of {functions:?}"), SECONDS, async || {
        let story = story(&stack.outputs, order).await.unwrap();
        let logged: BTreeSet<_> = story.steps.iter().filter_map(|step| step.function.as_deref()).collect();
        let all = functions.iter().all(|function| logged.contains(function));
        (all && story.status == "fulfilled").then_some(story)
    })
    .await
}

/// Where the first step stands whose words begin like this.
fn place_of(story: &Story, source: Source, words: &str) -> usize {
    let is_it = |step: &Step| step.source == source && step.what.starts_with(words);
    let place = story.steps.iter().position(is_it);
    place.unwrap_or_else(|| panic!("no step of {source:?} `{words}` in:\n{story}"))
}

#[tokio::test]
async fn one_trace_leads_from_the_browser_to_the_supplier_and_back() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    tells_of_its_own_accord(&stack, &supplier).await;
    let trace = TraceId::generate();
    let order = Shopper::new(&stack).in_trace(trace).buy(&[(sku, 2)]).await;
    let story = told(&stack, order.id, &PASSED).await;

    let of_those = |step: &&Step| step.function.as_deref().is_some_and(|name| PASSED.contains(&name));
    for step in story.steps.iter().filter(of_those) {
        assert_eq!(step.trace_id, Some(trace), "{}: {}\n{story}", step.at, step.what);
    }
    assert_eq!(story.traces[0], trace);
    let memory = supplier.memory().await;
    let sent = memory["orders"][0]["traceparent"].as_str().unwrap();
    assert_eq!(telemetry::trace::read_traceparent(sent), Some(trace), "what the supplier was sent");

    let places = [
        place_of(&story, Source::Event, "OrderPlaced"),
        place_of(&story, Source::Event, "OrderPaid"),
        place_of(&story, Source::Event, "OrderPlanned"),
        place_of(&story, Source::Log, "task placed"),
        place_of(&story, Source::Event, "OrderFulfilled"),
    ];
    assert!(places.is_sorted(), "{places:?}\n{story}");
    place_of(&story, Source::Log, &format!("POST /api/orders/{}/payments → 200", order.id));
    place_of(&story, Source::Task, "placed");
    let printed = story.to_string();
    assert!(printed.contains(&format!("trace 1  {trace}")), "{printed}");
}

#[tokio::test]
async fn a_task_that_is_asked_about_stays_in_its_orders_trace() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    let trace = TraceId::generate();
    let order = Shopper::new(&stack).in_trace(trace).buy(&[(sku, 1)]).await;
    // Who looks at the order later does so in other traces, and has no part in its story.
    let onlooker = Shopper::new(&stack);
    supplier.fulfil(&stack, &onlooker, &order, 60).await;
    let story = told(&stack, order.id, &["sync-supplier"]).await;
    let ended = &story.steps[place_of(&story, Source::Log, "task ended")];
    let ended = (ended.function.as_deref(), ended.trace_id, ended.task_id.as_deref());
    assert_eq!(ended, (Some("sync-supplier"), Some(trace), Some(story.tasks[0].id.as_str())), "{story}");
    let fulfilled = &story.steps[place_of(&story, Source::Event, "OrderFulfilled")];
    assert_eq!(fulfilled.trace_id, Some(trace));
}

#[tokio::test]
async fn an_answer_names_the_trace_by_which_its_request_is_found() {
    let stack = Stack::connect().await;
    let trace = TraceId::generate();
    let shopper = Shopper::new(&stack).in_trace(trace);
    let request = shopper.request(Method::GET, &format!("/orders/{}", OrderId::generate()));
    let response = request.header("X-Order-Token", "none").send().await.unwrap();
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["x-trace-id"], trace.to_string());
    let problem: serde_json::Value = response.json().await.unwrap();
    assert_eq!(problem["traceId"], json!(trace));
}
