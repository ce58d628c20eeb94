//! Invoices driven through a shop that is played by a script.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cli::invoices::Lines;
use cli::progress::Progress;
use cli::replay::buy::Patience;
use cli::replay::drive::{Driven, drive};
use cli::replay::invoice::{Demand, Invoice};
use cli::replay::outcome::Outcome;
use cli::replay::shop::{Retries, Shop};
use cli::replay::{Plan, invoice};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const QUICK: Retries = Retries { attempts: 2, first_pause: Duration::from_millis(1) };

fn order(status: &str) -> Value {
    json!({
        "id": "ord_1", "number": "A-1", "status": status,
        "totals": { "subtotal": { "amount": 510, "currency": "GBP" } },
    })
}

fn answer(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// A shop that knows all articles but `31003`, takes every card, and fulfils an order at the third look.
async fn shop(server: &MockServer, looks: usize) -> Shop {
    let carts = Mock::given(method("POST")).and(path("/carts"));
    carts.respond_with(answer(201, json!({ "id": "crt_1" }))).mount(server).await;
    let unknown = Mock::given(method("PUT")).and(path("/carts/crt_1/items/31003"));
    let problem = json!({ "type": "/problems/not-found", "detail": "there is no such article" });
    unknown.respond_with(answer(404, problem)).mount(server).await;
    let items = Mock::given(method("PUT")).and(path_regex("^/carts/crt_1/items/"));
    items.respond_with(answer(200, json!({}))).mount(server).await;
    let orders = Mock::given(method("POST")).and(path("/orders"));
    let placed = json!({ "order": order("pendingPayment"), "accessToken": "secret" });
    orders.respond_with(answer(201, placed)).mount(server).await;
    let payments = Mock::given(method("POST")).and(path("/orders/ord_1/payments"));
    payments.respond_with(answer(200, order("paid"))).mount(server).await;
    let seen = Arc::new(AtomicUsize::new(0));
    let look = Mock::given(method("GET")).and(path("/orders/ord_1"));
    let status = move |_: &Request| {
        let fulfilled = seen.fetch_add(1, Ordering::Relaxed) + 1 >= looks;
        answer(200, order(if fulfilled { "fulfilled" } else { "fulfilling" }))
    };
    look.respond_with(status).mount(server).await;
    Shop::new(&server.uri(), QUICK).unwrap()
}

fn invoices() -> Vec<Invoice> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/invoices.csv");
    invoice::read(Lines::open(file.as_ref()).unwrap(), 7).unwrap().first
}

async fn run(shop: &Shop, invoices: &[Invoice], timeout: Duration) -> Driven {
    let plan = Plan { file: "f".into(), orders: 7, concurrency: 3, timeout, run: "r".into() };
    let patience = Patience { first_look: Duration::from_millis(1), ..Patience::until(timeout) };
    drive(shop, &plan, invoices, patience, Progress::Plain).await
}

#[tokio::test]
async fn every_invoice_is_accounted_for_in_the_files_order() {
    let server = MockServer::start().await;
    let shop = shop(&server, 3).await;
    let driven = run(&shop, &invoices(), Duration::from_secs(30)).await;
    let found: Vec<_> = driven.accounts.iter().map(|a| (a.invoice.as_str(), a.outcome.clone())).collect();
    let refused = |reason: &str| Outcome::Refused { reason: reason.into() };
    let expected = [
        ("700001", Outcome::Fulfilled),
        ("700002", Outcome::Fulfilled),
        ("C700003", Outcome::Cancellation),
        ("700004", Outcome::Fulfilled),
        ("700005", refused("there is no such article (31003, article 1 of 1)")),
        ("700006", refused("row 10: the quantity of 31003 is not positive (-40)")),
        ("700007", Outcome::Fulfilled),
    ];
    assert_eq!(found, expected);
    assert_eq!(driven.accounts[0].order.as_ref().unwrap().subtotal, 510);
    assert!(driven.accounts[0].order.as_ref().unwrap().paid);

    let requests = server.received_requests().await.unwrap();
    let keys: std::collections::BTreeSet<_> =
        requests.iter().filter_map(|request| request.headers.get("Idempotency-Key")).collect();
    assert_eq!(keys.len(), 8, "one key for each order and each payment");
}

#[tokio::test]
async fn an_order_that_never_ends_is_told_when_time_runs_out() {
    let server = MockServer::start().await;
    let shop = shop(&server, usize::MAX).await;
    let driven = run(&shop, &invoices()[..1], Duration::from_millis(200)).await;
    let reason = "time ran out while it was fulfilling".to_owned();
    assert_eq!(driven.accounts[0].outcome, Outcome::Unfinished { reason });
    assert!(driven.accounts[0].order.as_ref().unwrap().paid);
}

#[tokio::test]
async fn what_breaks_is_unfinished_and_not_refused() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(503)).mount(&server).await;
    let shop = Shop::new(&server.uri(), QUICK).unwrap();
    let invoices = invoices();
    assert!(matches!(invoices[0].demand, Demand::Order(_)));
    let driven = run(&shop, &invoices[..1], Duration::from_secs(30)).await;
    let Outcome::Unfinished { reason } = &driven.accounts[0].outcome else {
        panic!("{:?}", driven.accounts[0])
    };
    assert!(reason.starts_with("not placed: POST /carts: 503"), "{reason}");
    assert_eq!(driven.accounts[0].order, None);
}
